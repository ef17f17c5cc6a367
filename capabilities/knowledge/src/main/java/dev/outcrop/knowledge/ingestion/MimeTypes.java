package dev.outcrop.knowledge.ingestion;

import java.util.Locale;
import java.util.Map;

/** File name extensions of the media types that knowledge bases take. */
final class MimeTypes {
  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("text/plain", "txt"),
          Map.entry("text/markdown", "md"),
          Map.entry("text/html", "html"),
          Map.entry("text/csv", "csv"),
          Map.entry("application/pdf", "pdf"),
          Map.entry("message/rfc822", "eml"),
          Map.entry("application/msword", "doc"),
          Map.entry("application/vnd.ms-excel", "xls"),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
          Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"));

  private MimeTypes() {}

  /** A hint for the parser, which looks at the content itself. */
  static String extension(String mimeType) {
    String type = mimeType.split(";")[0].strip().toLowerCase(Locale.ROOT);
    return EXTENSIONS.getOrDefault(type, "bin");
  }
}
