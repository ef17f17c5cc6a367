package dev.outcrop.knowledge.parsing;

import java.nio.file.Path;

/** Turns one document, whatever its format, into structured text. */
public interface DocumentParser {

  /**
   * Parses a document.
   *
   * @param file the document's bytes; never read whole into memory where the format allows it
   * @param name its name, whose extension is a hint only: content decides
   * @throws UnreadableDocumentException when it can't be read, with a reason for people: encrypted,
   *     broken, too large, a bomb, an unsupported format
   */
  ParsedDocument parse(Path file, String name) throws UnreadableDocumentException;
}
