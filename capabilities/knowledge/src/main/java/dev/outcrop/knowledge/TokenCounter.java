package dev.outcrop.knowledge;

/** Counts tokens as an embedding model sees them. */
public interface TokenCounter {

  /**
   * The number of tokens in the text, special tokens included, however long it is.
   *
   * @param modelArn ARN or id of the embedding model
   */
  int count(String modelArn, String text);

  /** Most tokens the model sees at once, special tokens included. */
  int window(String modelArn);
}
