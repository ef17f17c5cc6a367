package dev.outcrop.models.recordings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Bytes in base64; vectors as the bytes of their 32-bit numbers, the lowest byte first. */
final class Binary {
  private Binary() {}

  static String text(byte[] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  static String text(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return text(bytes.array());
  }

  static byte[] bytes(String text) {
    return text == null ? null : Base64.getDecoder().decode(text);
  }

  static float[] floats(String text) {
    byte[] bytes = bytes(text);
    float[] vector = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
