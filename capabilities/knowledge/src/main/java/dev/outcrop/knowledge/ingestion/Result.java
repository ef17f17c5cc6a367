package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.documents.DocumentRow;

/** What became of a document; true once it is handed over, whatever crashes. */
sealed interface Result {
  DocumentRow document();

  /** The index holds these chunks of it. */
  record Indexed(DocumentRow document, int chunks) implements Result {}

  /** The index holds nothing of it. */
  record Failed(DocumentRow document, String reason) implements Result {}

  /** It was to be deleted and the index holds nothing of it. */
  record Deleted(DocumentRow document) implements Result {}
}
