package dev.outcrop.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Single values: from text to the type of the component. */
final class Scalars {
  private static final Pattern DURATION = Pattern.compile("(\\d+) ?(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<Class<?>, String> WORDS =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(int.class, "a whole number"),
          Map.entry(long.class, "a whole number"),
          Map.entry(double.class, "a number"),
          Map.entry(BigDecimal.class, "a number"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Duration.class, "a duration such as 500ms, 30s or 5m"),
          Map.entry(Size.class, "a size such as 512KB or 64MiB"),
          Map.entry(Path.class, "a path"),
          Map.entry(URI.class, "an absolute URI such as https://host/path"),
          Map.entry(Secret.class, "a secret"));

  private Scalars() {}

  static boolean known(Class<?> type) {
    return type.isEnum() || WORDS.containsKey(type);
  }

  /** The type in words, with its range. */
  static String describe(Class<?> type, Setting setting) {
    if (type.isEnum()) {
      return constants(type);
    }
    boolean least = Double.isFinite(setting.min());
    boolean most = Double.isFinite(setting.max());
    String range =
        least && most
            ? " from " + number(setting.min()) + " to " + number(setting.max())
            : least
                ? " of at least " + number(setting.min())
                : most ? " of at most " + number(setting.max()) : "";
    return WORDS.get(type) + range;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException when the text is none of this type or out of range
   */
  static Object read(String text, Class<?> type, Setting setting, Path folder) {
    Object value = type.isEnum() ? constant(text, type) : parse(text.strip(), text, type, folder);
    if (value instanceof Number number
        && (number.doubleValue() < setting.min() || number.doubleValue() > setting.max())) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static Object parse(String text, String raw, Class<?> type, Path folder) {
    return switch (type.getSimpleName()) {
      case "String" -> raw;
      case "int" -> Integer.valueOf(text);
      case "long" -> Long.valueOf(text);
      case "BigDecimal" -> new BigDecimal(text);
      case "double" -> finite(Double.parseDouble(text));
      case "boolean" -> truth(text);
      case "Duration" -> duration(text);
      case "Size" -> Size.of(text);
      case "Path" -> path(text, folder);
      case "URI" -> uri(text);
      case "Secret" -> new Secret(raw);
      default -> throw new IllegalStateException("no such type of setting: " + type);
    };
  }

  private static Double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not finite");
    }
    return value;
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    try {
      return parts.matches()
          ? UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)))
          : Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException("no duration", e);
    }
  }

  private static Path path(String text, Path folder) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    try {
      return folder.resolve(Home.expand(text)).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path", e);
    }
  }

  private static URI uri(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException("not absolute");
    }
    return uri;
  }

  private static Object constant(String text, Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> name(each).equals(text.strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("none of them"));
  }

  private static String constants(Class<?> type) {
    List<Object> all = Arrays.asList(type.getEnumConstants());
    return "one of " + all.stream().map(Scalars::name).collect(Collectors.joining(", "));
  }

  /** {@code READ_ONLY} is written {@code read-only}. */
  private static String name(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String number(double value) {
    return new BigDecimal(value).stripTrailingZeros().toPlainString();
  }
}
