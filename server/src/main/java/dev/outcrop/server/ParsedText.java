package dev.outcrop.server;

import dev.outcrop.knowledge.parsing.DocumentParser;
import dev.outcrop.knowledge.parsing.ParsedDocument;
import dev.outcrop.knowledge.parsing.UnreadableDocumentException;
import dev.outcrop.models.DocumentText;
import dev.outcrop.models.RuntimeErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The text of documents in conversations, found by the parser of the knowledge bases. */
record ParsedText(DocumentParser parser) implements DocumentText {

  @Override
  public String of(String name, String format, byte[] bytes) {
    try {
      Path file = Files.createTempFile("outcrop-document-", "." + format);
      try {
        Files.write(file, bytes);
        return parser.parse(file, name + "." + format).blocks().stream()
            .map(ParsedDocument.Block::text)
            .collect(Collectors.joining("\n"));
      } catch (UnreadableDocumentException e) {
        throw RuntimeErrors.invalid("The document '" + name + "' can't be read: " + e.getMessage());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
