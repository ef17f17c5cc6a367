package dev.outcrop.models.onnx;

/** Arithmetic on vectors, in place. */
final class Vectors {

  private Vectors() {}

  /** Scales to L2 norm 1; a zero vector stays as it is. */
  static float[] normalize(float[] vector) {
    double square = 0;
    for (float v : vector) {
      square += (double) v * v;
    }
    if (square > 0) {
      float scale = (float) (1 / Math.sqrt(square));
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= scale;
      }
    }
    return vector;
  }

  /** Adds {@code weight} times the addend to the sum. */
  static void add(float[] sum, float[] addend, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * addend[i];
    }
  }
}
