package dev.outcrop.knowledge.parsing;

import java.io.IOException;

/** The formats that can be read. */
enum Format {
  TEXT("text/plain", PlainText::read),
  CODE("text/x-source", PlainText::readCode),
  MARKDOWN("text/markdown", MarkdownText::read),
  HTML("text/html", HtmlText::read),
  XML("application/xml", XmlText::read),
  CSV("text/csv", CsvText::read),
  EMAIL("message/rfc822", EmailText::read),
  PDF("application/pdf", PdfText::read),
  WORD("application/vnd.openxmlformats-officedocument.wordprocessingml.document", WordText::read),
  SLIDES(
      "application/vnd.openxmlformats-officedocument.presentationml.presentation", SlideText::read),
  SHEETS("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", SheetText::read),
  OLD_WORD("application/msword", OldOffice::word),
  OLD_SHEETS("application/vnd.ms-excel", OldOffice::sheets),
  OLD_SLIDES("application/vnd.ms-powerpoint", OldOffice::slides);

  /** Reads a document of one format. */
  @FunctionalInterface
  interface Reading {
    void read(Source source, Blocks blocks) throws IOException;
  }

  final String mediaType;

  @SuppressWarnings("ImmutableEnumChecker") // method references hold nothing
  private final Reading reading;

  Format(String mediaType, Reading reading) {
    this.mediaType = mediaType;
    this.reading = reading;
  }

  void read(Source source, Blocks blocks) throws IOException {
    reading.read(source, blocks);
  }
}
