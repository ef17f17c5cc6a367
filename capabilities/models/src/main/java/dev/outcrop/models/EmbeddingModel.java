package dev.outcrop.models;

import java.util.List;

/**
 * A text embedding model. Models behind a remote service may not know their tokenizer: {@link
 * #countTokens} is then an estimate, and {@link #embedCounted} has the service's own count.
 */
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

  /** Vectors, and the number of tokens they were made from. */
  record Counted(List<float[]> vectors, int tokens) {}

  /**
   * The same with the number of tokens.
   *
   * @param dimensions one of {@link #dimensions}
   */
  default Counted embedCounted(List<String> texts, Purpose purpose, int dimensions) {
    if (dimensions != dimensions().getFirst()) {
      throw RuntimeErrors.invalid(
          "The model makes vectors of " + dimensions().getFirst() + " dimensions only.");
    }
    return new Counted(embed(texts, purpose), texts.stream().mapToInt(this::countTokens).sum());
  }

  /**
   * One thing to embed: a text, an image, or both as one.
   *
   * @param text null for an image alone
   * @param image encoded as PNG, JPEG, GIF or WebP; null for a text alone
   */
  record Input(String text, byte[] image) {}

  /**
   * Embeds texts and images into one space, for models that can.
   *
   * @param dimensions one of {@link #dimensions}
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     an image and this model embeds text only
   */
  default Counted embedInputs(List<Input> inputs, Purpose purpose, int dimensions) {
    if (inputs.stream().anyMatch(input -> input.image() != null)) {
      throw RuntimeErrors.invalid(
          "The model behind this id embeds text only; name one that embeds images.");
    }
    return embedCounted(inputs.stream().map(Input::text).toList(), purpose, dimensions);
  }
}
