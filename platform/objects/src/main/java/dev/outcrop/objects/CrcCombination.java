package dev.outcrop.objects;

/**
 * Tells the cyclic redundancy check of a whole from those of its parts, without reading them again:
 * appending n zero bits multiplies by x to the n, modulo the polynomial. After zlib's {@code
 * crc32_combine} (Mark Adler), for any reflected CRC whose register starts and ends inverted.
 */
final class CrcCombination {
  private CrcCombination() {}

  static byte[] combine(
      byte[] first, byte[] second, long secondLength, long polynomial, int width) {
    long shift = power(secondLength * 8, polynomial, width);
    long combined = multiply(shift, value(first), polynomial, width) ^ value(second);
    return bytes(combined, width / 8);
  }

  /** x to the n, modulo the polynomial; the highest bit is the coefficient of x to the 0. */
  private static long power(long n, long polynomial, int width) {
    long result = 1L << (width - 1);
    long square = 1L << (width - 2);
    for (long left = n; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = multiply(square, result, polynomial, width);
      }
      square = multiply(square, square, polynomial, width);
    }
    return result;
  }

  private static long multiply(long a, long b, long polynomial, int width) {
    long product = 0;
    long factor = b;
    for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) != 0 ? (factor >>> 1) ^ polynomial : factor >>> 1;
    }
    return product;
  }

  /** Big-endian. */
  static byte[] bytes(long value, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
    return bytes;
  }

  private static long value(byte[] bytes) {
    long value = 0;
    for (byte b : bytes) {
      value = (value << 8) | (b & 255);
    }
    return value;
  }
}
