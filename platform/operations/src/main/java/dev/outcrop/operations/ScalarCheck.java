package dev.outcrop.operations;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/** Which demands a single value breaks, in AWS's words and order. */
final class ScalarCheck {
  /** Texts longer than this are not matched once their length is wrong. */
  private static final int LONGEST_MATCHED = 65_536;

  private ScalarCheck() {}

  static List<String> broken(ShapeType type, Object value) {
    List<String> broken = new ArrayList<>(0);
    switch (type) {
      case ShapeType.Text text when value instanceof String s -> text(text, s, broken);
      case ShapeType.Text text when value instanceof SdkBytes bytes ->
          length(text.min(), text.max(), bytes.asByteArrayUnsafe().length, broken);
      case ShapeType.Numeric numeric when value instanceof Number n -> number(numeric, n, broken);
      default -> {}
    }
    return broken;
  }

  /** All demands on a type, as listed for the members of lists and maps. */
  static List<String> demands(ShapeType type) {
    List<String> all = new ArrayList<>();
    if (type instanceof ShapeType.Text text) {
      if (text.max() != null) all.add(longest(text.max()));
      if (text.min() != null) all.add(shortest(text.min()));
      if (text.values() != null) all.add(oneOf(text));
      if (text.pattern() != null) all.add(pattern(text));
    } else if (type instanceof ShapeType.Numeric numeric) {
      if (numeric.max() != null) all.add(most(numeric.max()));
      if (numeric.min() != null) all.add(least(numeric.min()));
    }
    return all;
  }

  private static void text(ShapeType.Text type, String text, List<String> broken) {
    length(type.min(), type.max(), text.codePointCount(0, text.length()), broken);
    if (!broken.isEmpty() && text.length() > LONGEST_MATCHED) return;
    if (type.values() != null && !type.values().contains(text)) broken.add(oneOf(type));
    if (type.pattern() != null && !type.pattern().matches(text)) broken.add(pattern(type));
  }

  static void length(Long min, Long max, int length, List<String> broken) {
    if (max != null && length > max) broken.add(longest(max));
    if (min != null && length < min) broken.add(shortest(min));
  }

  private static void number(ShapeType.Numeric type, Number number, List<String> broken) {
    BigDecimal value;
    try {
      value = new BigDecimal(number.toString());
    } catch (NumberFormatException notFinite) {
      boolean tooBig = number.doubleValue() > 0;
      if (type.max() != null && (tooBig || type.min() == null)) broken.add(most(type.max()));
      else if (type.min() != null && !tooBig) broken.add(least(type.min()));
      return;
    }
    if (type.max() != null && value.compareTo(type.max()) > 0) broken.add(most(type.max()));
    if (type.min() != null && value.compareTo(type.min()) < 0) broken.add(least(type.min()));
  }

  private static String longest(long max) {
    return "Member must have length less than or equal to " + max;
  }

  private static String shortest(long min) {
    return "Member must have length greater than or equal to " + min;
  }

  private static String most(BigDecimal max) {
    return "Member must have value less than or equal to " + plain(max);
  }

  private static String least(BigDecimal min) {
    return "Member must have value greater than or equal to " + plain(min);
  }

  private static String plain(BigDecimal bound) {
    return bound.signum() == 0 ? "0" : bound.stripTrailingZeros().toPlainString();
  }

  private static String oneOf(ShapeType.Text type) {
    return "Member must satisfy enum value set: [" + String.join(", ", type.values()) + "]";
  }

  private static String pattern(ShapeType.Text type) {
    return "Member must satisfy regular expression pattern: " + type.pattern();
  }
}
