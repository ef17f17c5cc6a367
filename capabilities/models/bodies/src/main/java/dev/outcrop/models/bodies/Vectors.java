package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.RuntimeErrors;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** What the embedding bodies do with vectors. */
final class Vectors {

  private Vectors() {}

  /** The asked length, which has to be one of the model's; the model's own when none is asked. */
  static int dimensions(Body body, String key, EmbeddingModel model) {
    List<Integer> available = model.dimensions();
    int asked = body.integer(key, 1, Integer.MAX_VALUE).orElse(available.getFirst());
    if (!available.contains(asked)) {
      throw body.invalid(
          key, asked + " is not a valid enum value, the model behind this id has " + available);
    }
    return asked;
  }

  /** Embeds texts to the model's own length, and checks what comes back. */
  static Counted embed(EmbeddingModel model, List<String> texts, Purpose purpose) {
    return checked(model.embedCounted(texts, purpose, model.dimensions().getFirst()), texts.size());
  }

  static Counted checked(Counted counted, int expected) {
    if (counted.vectors().size() != expected) {
      throw failed(
          "The model gave " + counted.vectors().size() + " vectors for " + expected + " inputs.");
    }
    for (float[] vector : counted.vectors()) {
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          throw failed("The model gave a vector with a value that is no number.");
        }
      }
    }
    return counted;
  }

  private static ModelErrorException failed(String message) {
    return ModelErrorException.builder().message(message).build();
  }

  /**
   * The first dimensions of the vector. Models make vectors of norm 1; a shorter one is scaled to
   * that again when asked for.
   */
  static float[] cut(float[] vector, int dimensions, boolean normalize) {
    if (vector.length == dimensions) {
      return vector;
    }
    float[] cut = Arrays.copyOf(vector, dimensions);
    if (normalize) {
      double square = 0;
      for (float v : cut) {
        square += (double) v * v;
      }
      float scale = square == 0 ? 1 : (float) (1 / Math.sqrt(square));
      for (int i = 0; i < cut.length; i++) {
        cut[i] *= scale;
      }
    }
    return cut;
  }

  /** One number a dimension: 1 where the value is positive. */
  static RawValue signs(float[] vector) {
    int[] signs = new int[vector.length];
    for (int i = 0; i < vector.length; i++) {
      signs[i] = vector[i] > 0 ? 1 : 0;
    }
    return Numbers.json(signs);
  }

  /**
   * Eight dimensions a byte, the first in the highest bit.
   *
   * @param signed whether the bytes are given from -128 to 127 as Cohere's {@code binary}, which is
   *     {@code ubinary} less 128
   */
  static RawValue packedSigns(float[] vector, boolean signed) {
    int[] bytes = new int[(vector.length + 7) / 8];
    for (int i = 0; i < vector.length; i++) {
      if (vector[i] > 0) {
        bytes[i / 8] |= 0x80 >> (i % 8);
      }
    }
    return Numbers.json(signed ? Arrays.stream(bytes).map(b -> b - 128).toArray() : bytes);
  }

  /** Refuses a text with more tokens than the API takes, without counting where that's plain. */
  static void checkTokens(EmbeddingModel model, String text, int most) {
    // A token is a byte at least, special ones aside, and a char is three bytes at most.
    if (text.length() <= (most - 16) / 3) {
      return;
    }
    int tokens = model.countTokens(text);
    if (tokens > most) {
      throw RuntimeErrors.invalid(
          "400 Bad Request: Too many input tokens. Max input tokens: "
              + most
              + ", request input token count: "
              + tokens);
    }
  }
}
