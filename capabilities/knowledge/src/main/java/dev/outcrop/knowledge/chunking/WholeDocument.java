package dev.outcrop.knowledge.chunking;

import dev.outcrop.knowledge.parsing.ParsedDocument;
import java.util.List;

/** The strategy NONE: each document is one chunk. */
public final class WholeDocument implements Chunker {

  @Override
  public List<Chunk> chunk(ParsedDocument document) {
    DocumentText text = new DocumentText(document);
    if (text.pieces().isEmpty()) {
      return List.of();
    }
    return List.of(DocumentText.chunk(text.text(), text.pieces()));
  }
}
