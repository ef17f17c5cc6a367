package dev.outcrop.knowledge.parsing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outcrop.knowledge.parsing.ParsedDocument.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Parses bytes, for tests. */
final class Parsing {
  private Parsing() {}

  static ParsedDocument parse(byte[] bytes, String name) throws UnreadableDocumentException {
    return parse(bytes, name, ParsingLimits.DEFAULT);
  }

  static ParsedDocument parse(byte[] bytes, String name, ParsingLimits limits)
      throws UnreadableDocumentException {
    try {
      Path file = Files.createTempFile("parsing", ".test");
      try {
        Files.write(file, bytes);
        return new StructuredParser(limits).parse(file, name);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code KIND page [headings] text} of each block. */
  static List<String> lines(ParsedDocument document) {
    return document.blocks().stream().map(Parsing::line).toList();
  }

  private static String line(Block block) {
    return block.kind() + " " + block.page() + " " + block.headings() + " " + block.text();
  }

  static String reason(byte[] bytes, String name) {
    return reason(bytes, name, ParsingLimits.DEFAULT);
  }

  static String reason(byte[] bytes, String name, ParsingLimits limits) {
    UnreadableDocumentException e =
        catchThrowableOfType(UnreadableDocumentException.class, () -> parse(bytes, name, limits));
    return e == null ? null : e.getMessage();
  }
}
