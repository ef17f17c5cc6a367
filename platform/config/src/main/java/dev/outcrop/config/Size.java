package dev.outcrop.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes, written {@code 512}, {@code 10MB} (powers of 1000) or {@code 64MiB} (of
 * 1024).
 */
public record Size(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KIB", 1L << 10,
          "MIB", 1L << 20,
          "GIB", 1L << 30,
          "TIB", 1L << 40);

  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Size of(String text) {
    Matcher parts = FORM.matcher(text.strip());
    Long unit = parts.matches() ? UNITS.get(parts.group(2).toUpperCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("a size such as 512KB or 64MiB");
    }
    try {
      return new Size(
          new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a size in whole bytes below 8 EiB", e);
    }
  }
}
