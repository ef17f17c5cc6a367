package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Pattern;

/** Plain text and source code: paragraphs are separated by blank lines. */
final class PlainText {
  private static final Pattern ITEM =
      Pattern.compile("\\A\\s{0,12}(?:[-*•]|\\d{1,3}[.)])\\s+\\S.*");

  /** A line without an end is taken in pieces of this length. */
  private static final int LONGEST_LINE = 100_000;

  private final Blocks blocks;
  private final boolean code;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder paragraph = new StringBuilder();
  private Kind kind = Kind.PARAGRAPH;
  private char previous;

  private PlainText(Blocks blocks, boolean code) {
    this.blocks = blocks;
    this.code = code;
  }

  static void read(Source source, Blocks blocks) throws IOException {
    new PlainText(blocks, false).read(source);
  }

  static void readCode(Source source, Blocks blocks) throws IOException {
    new PlainText(blocks, true).read(source);
  }

  private void read(Source source) throws IOException {
    char[] buffer = new char[8192];
    try (Reader reader = TextEncoding.open(source)) {
      for (int read; (read = reader.read(buffer)) >= 0; ) {
        for (int i = 0; i < read; i++) {
          take(buffer[i]);
        }
      }
    }
    line();
    flush();
  }

  private void take(char c) {
    boolean halfOfBreak = c == '\n' && previous == '\r';
    previous = c;
    if (halfOfBreak) {
      return;
    }
    if (c == '\n' || c == '\r') {
      line();
      return;
    }
    line.append(c);
    boolean goodPlace = Character.isWhitespace(c) && line.length() >= LONGEST_LINE;
    if (goodPlace || line.length() >= 2 * LONGEST_LINE) {
      piece();
    }
  }

  private void line() {
    String text = line.toString();
    line.setLength(0);
    if (text.isBlank()) {
      flush();
      return;
    }
    if (!code && ITEM.matcher(text).matches()) {
      flush();
      kind = Kind.LIST_ITEM;
      text = text.replaceFirst("\\A\\s*[-*•]\\s+", "");
    }
    paragraph.append(paragraph.isEmpty() ? "" : "\n").append(text);
    if (paragraph.length() > LONGEST_LINE) {
      flush();
    }
  }

  private void piece() {
    flush();
    blocks.add(code ? Kind.CODE : Kind.PARAGRAPH, line.toString(), 0);
    line.setLength(0);
  }

  private void flush() {
    blocks.add(code ? Kind.CODE : kind, paragraph.toString(), 0);
    paragraph.setLength(0);
    kind = Kind.PARAGRAPH;
  }
}
