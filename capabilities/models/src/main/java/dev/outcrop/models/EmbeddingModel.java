package dev.outcrop.models;

import java.util.List;

/** A text embedding model. */
public interface EmbeddingModel {

  /** What the text is for; models such as bge put a prefix before queries. */
  enum Purpose {
    DOCUMENT,
    QUERY
  }

  /** The output dimensions this model can answer with, its own first. */
  List<Integer> dimensions();

  /** Most tokens the model sees at once, special tokens included. */
  int window();

  /** The number of tokens in the text, special tokens included, however long it is. */
  int countTokens(String text);

  /**
   * Embeds each text to a vector of the model's own dimensions with L2 norm 1. A text longer than
   * the window is embedded in overlapping windows whose vectors are averaged by length; nothing is
   * cut.
   */
  List<float[]> embed(List<String> texts, Purpose purpose);
}
