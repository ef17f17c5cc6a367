package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.chunking.Chunk;
import dev.outcrop.knowledge.chunking.Chunker;
import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.knowledge.parsing.DocumentParser;
import dev.outcrop.knowledge.parsing.UnreadableDocumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes chunks of a document's bytes. */
record Preparation(DocumentParser parser, Chunker chunker) {
  static final String PAGE = "x-amz-bedrock-kb-document-page-number";

  List<Chunk> chunks(Content content) throws DocumentFailure {
    List<Chunk> chunks;
    try {
      chunks = chunker.chunk(parser.parse(content.file(), content.name()));
    } catch (UnreadableDocumentException e) {
      throw new DocumentFailure(e.getMessage(), e);
    }
    if (chunks.isEmpty()) {
      throw new DocumentFailure("The document has no text.");
    }
    return chunks;
  }

  /** The document's own attributes and, for each chunk, those that AWS adds. */
  static Function<Integer, Map<String, Attribute>> attributes(
      DocumentKey key, Map<String, Attribute> given, List<Chunk> chunks) {
    return number -> {
      Map<String, Attribute> all = new LinkedHashMap<>(given);
      all.put("x-amz-bedrock-kb-source-uri", new Attribute.Text(key.id()));
      all.put("x-amz-bedrock-kb-data-source-id", new Attribute.Text(key.dataSourceId()));
      all.put("x-amz-bedrock-kb-chunk-id", new Attribute.Text(ChunkIds.of(key, number)));
      int page = chunks.get(number).page();
      if (page > 0) {
        all.put(PAGE, new Attribute.Number(page));
      }
      return all;
    };
  }
}
