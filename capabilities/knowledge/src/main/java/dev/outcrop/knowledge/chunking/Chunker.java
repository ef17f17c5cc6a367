package dev.outcrop.knowledge.chunking;

import dev.outcrop.knowledge.parsing.ParsedDocument;
import java.util.List;

/** Cuts a document into the pieces that are embedded and retrieved. */
@FunctionalInterface
public interface Chunker {

  /** The document's chunks in reading order; none when it has no text. */
  List<Chunk> chunk(ParsedDocument document);
}
