package dev.outcrop.knowledge.ingestion;

/** A document that can't be indexed; the rest goes on. The message is the reason reported. */
final class DocumentFailure extends Exception {
  private static final long serialVersionUID = 1L;

  DocumentFailure(String reason) {
    super(reason);
  }

  DocumentFailure(String reason, Throwable cause) {
    super(reason, cause);
  }
}
