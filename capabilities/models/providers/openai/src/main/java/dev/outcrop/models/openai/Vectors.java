package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;

/** Vectors as servers write them: numbers, or little-endian floats in base64. */
final class Vectors {

  private Vectors() {}

  static float[] read(JsonNode node) {
    float[] vector = node.isTextual() ? unpacked(node.textValue()) : numbers(node);
    if (vector.length == 0) {
      throw odd();
    }
    return vector;
  }

  private static float[] numbers(JsonNode node) {
    float[] vector = new float[node.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!node.get(i).isNumber()) {
        throw odd();
      }
      vector[i] = node.get(i).floatValue();
    }
    return vector;
  }

  private static float[] unpacked(String base64) {
    try {
      FloatBuffer floats =
          ByteBuffer.wrap(Base64.getDecoder().decode(base64))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      float[] vector = new float[floats.remaining()];
      floats.get(vector);
      return vector;
    } catch (IllegalArgumentException e) {
      throw odd();
    }
  }

  private static Failure odd() {
    return new Failure(Kind.BROKEN, 0, "it answered with something else than vectors");
  }

  /** Adds a vector times a weight. */
  static void add(float[] sum, float[] vector, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (vector[i] * weight);
    }
  }

  /** Scales to a length of 1; a vector of zeros stays. */
  static float[] normalized(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += (double) each * each;
    }
    if (squares > 0) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
    return vector;
  }
}
