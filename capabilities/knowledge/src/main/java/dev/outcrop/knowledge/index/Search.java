package dev.outcrop.knowledge.index;

import org.apache.lucene.search.Query;

/**
 * A question to the index.
 *
 * @param text the question, for BM25
 * @param vector its embedding, L2 norm 1; null when the mode is KEYWORD
 * @param mode what ranks
 * @param filter what chunks must match, or null
 * @param offset ranks to leave out
 * @param limit most hits to return
 */
public record Search(String text, float[] vector, Mode mode, Query filter, int offset, int limit) {

  /** What ranks the chunks. */
  public enum Mode {
    HYBRID,
    SEMANTIC,
    KEYWORD
  }
}
