package dev.outcrop.models;

import java.util.List;

/** A model that tells how well documents answer a query. */
public interface RerankModel {

  /**
   * A document's relevance.
   *
   * @param index of the document in the request
   * @param score greater is better; 0 to 1 for most models
   */
  record Score(int index, double score) {}

  /** The scores of all documents, best first. */
  List<Score> rerank(String query, List<String> documents);
}
