package dev.outcrop.knowledge.answering;

/**
 * From which cosine on a sentence is taken to be about the question. Measured on XQuAD with
 * bge-small-en-v1.5; see the values' comments.
 */
final class Nearness {
  /** For a sentence that shares no word with the question. */
  static final double ALONE = 0.65;

  /** For a sentence that shares a word with the question. */
  static final double WITH_WORDS = 0.55;

  private Nearness() {}
}
