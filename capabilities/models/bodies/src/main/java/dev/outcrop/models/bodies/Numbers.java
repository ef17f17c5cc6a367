package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Vectors as JSON arrays, written digit by digit. A vector has a thousand numbers, and the JDK's
 * conversion, right for any float, takes a large part of an embedding call's time. Here a number
 * gets seven significant digits where these read back as the same float, else eight or nine, which
 * always do.
 */
final class Numbers {

  /** Sign, zero, point, four zeros, nine digits, comma; others are left to the JDK. */
  private static final int LONGEST = 24;

  private static final double[] POWERS = new double[16];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Math.pow(10, i);
    }
  }

  private byte[] out;
  private int length;

  private Numbers(int capacity) {
    out = new byte[capacity];
  }

  /** The vector as a JSON array. */
  static RawValue json(float[] vector) {
    Numbers numbers = new Numbers(vector.length * 12 + 2 + LONGEST);
    numbers.add('[');
    for (int i = 0; i < vector.length; i++) {
      numbers.room();
      if (i > 0) {
        numbers.add(',');
      }
      numbers.number(vector[i]);
    }
    numbers.add(']');
    return new RawValue(new String(numbers.out, 0, numbers.length, StandardCharsets.ISO_8859_1));
  }

  /** The numbers of a vector as whole ones. */
  static RawValue json(int[] values) {
    return new RawValue(Arrays.toString(values).replace(" ", ""));
  }

  private void room() {
    if (out.length - length < LONGEST + 2) {
      out = Arrays.copyOf(out, out.length * 2);
    }
  }

  private void add(char c) {
    out[length++] = (byte) c;
  }

  private void number(float value) {
    float size = Math.abs(value);
    if (size == 0) {
      add('0');
    } else if (size >= 1e-5f && size < 1) {
      fraction(value, size);
    } else {
      byte[] digits = Float.toString(value).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(digits, 0, out, length, digits.length);
      length += digits.length;
    }
  }

  private void fraction(float value, float size) {
    int zeros = size >= 0.1f ? 0 : size >= 0.01f ? 1 : size >= 1e-3f ? 2 : size >= 1e-4f ? 3 : 4;
    for (int significant = 7; significant <= 9; significant++) {
      int places = zeros + significant;
      long digits = Math.round(size * POWERS[places]);
      if ((float) (digits / POWERS[places]) == size && digits < POWERS[places]) {
        if (value < 0) {
          add('-');
        }
        add('0');
        add('.');
        digits(digits, places);
        return;
      }
    }
    throw new IllegalStateException("nine digits tell every float from its neighbours: " + value);
  }

  /** The digits with leading zeros, without trailing ones. */
  private void digits(long digits, int places) {
    while (digits % 10 == 0) {
      digits /= 10;
      places--;
    }
    for (int i = length + places - 1; i >= length; i--) {
      out[i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    length += places;
  }
}
