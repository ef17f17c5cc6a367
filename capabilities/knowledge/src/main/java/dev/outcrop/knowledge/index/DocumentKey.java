package dev.outcrop.knowledge.index;

/**
 * Names a document within a knowledge base.
 *
 * @param dataSourceId where it comes from
 * @param kind what its id is
 * @param id an S3 URI or the id that the client gave
 */
public record DocumentKey(String dataSourceId, Kind kind, String id) {

  /** What a document's id is. */
  public enum Kind {
    S3,
    CUSTOM
  }
}
