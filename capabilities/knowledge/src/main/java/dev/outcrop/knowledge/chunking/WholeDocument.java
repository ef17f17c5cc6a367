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
    var first = text.pieces().getFirst().block();
    String content = text.text();
    return List.of(new Chunk(content, 0, content.length(), first.page(), first.headings()));
  }
}
