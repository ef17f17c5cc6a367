package dev.outcrop.operations;

import java.util.regex.Pattern;

/**
 * A pattern of a service's model, compiled when first used and matched as the services do: against
 * the whole text.
 *
 * <p>Short texts are tried by {@code java.util.regex}, whose dialect the patterns are written in
 * and which is ten times as fast, with a budget of steps. A text that is long or exhausts the
 * budget goes to RE2/J, which takes linear time and no stack whatever the text. RE2/J knows neither
 * look-around nor more than 1,000 repetitions: the one pattern in twenty that has them is given a
 * larger budget instead, and a text that exhausts that one does not match.
 */
final class TextPattern {
  private static final int SHORT = 512;
  private static final int FEW_STEPS = 10_000;
  private static final int STEPS = 100_000;
  private static final int STEPS_PER_CHARACTER = 200;

  private final String source;

  /** A class alone ("[^\r\n]") would allow texts of one character; it is meant as "has one". */
  private final boolean search;

  private volatile Pattern quick;
  private volatile Linear linear;

  /** The pattern in RE2/J, or null where it can't say it. */
  private record Linear(com.google.re2j.Pattern pattern) {}

  TextPattern(String source) {
    this.source = source;
    search = classAlone(source);
  }

  private static boolean classAlone(String source) {
    int end = source.length() - 1;
    if (source.length() == 2 && source.charAt(0) == '\\')
      return "sSwWdD".indexOf(source.charAt(1)) >= 0;
    return end > 1
        && source.charAt(0) == '['
        && source.indexOf('[', 1) < 0
        && source.indexOf(']') == end;
  }

  boolean matches(String text) {
    if (text.length() <= SHORT) {
      try {
        return quick(text, FEW_STEPS);
      } catch (BoundedText.ExhaustedException | StackOverflowError hard) {
        // Not an answer: the slower matcher has one.
      }
    }
    com.google.re2j.Pattern pattern = linear();
    if (pattern != null) return search ? pattern.matcher(text).find() : pattern.matches(text);
    try {
      return quick(text, STEPS + (long) STEPS_PER_CHARACTER * text.length());
    } catch (BoundedText.ExhaustedException | StackOverflowError hard) {
      return false;
    }
  }

  private boolean quick(String text, long steps) {
    if (quick == null) quick = Pattern.compile(source, Pattern.DOTALL);
    var matcher = quick.matcher(new BoundedText(text, steps));
    return search ? matcher.find() : matcher.matches();
  }

  private com.google.re2j.Pattern linear() {
    if (linear == null) linear = new Linear(compile());
    return linear.pattern;
  }

  private com.google.re2j.Pattern compile() {
    try {
      return com.google.re2j.Pattern.compile(portable(source), com.google.re2j.Pattern.DOTALL);
    } catch (com.google.re2j.PatternSyntaxException unknownSyntax) {
      return null;
    }
  }

  /** Java's spellings that RE2/J writes otherwise. */
  static String portable(String pattern) {
    return pattern
        .replace("\\uD800\\uDC00-\\uDBFF\\uDFFF", "\\x{10000}-\\x{10FFFF}")
        .replace("\\u10000-\\u10FFFF", "\\x{10000}-\\x{10FFFF}")
        .replaceAll("\\\\u([0-9A-Fa-f]{4})", "\\\\x{$1}")
        .replace("[\\p{Print}]", "[\\x20-\\x7E]")
        .replace("[\\p{Alnum}\\-]", "[A-Za-z0-9\\-]")
        .replace("\\p{ASCII}", "[\\x00-\\x7F]");
  }

  /** The pattern as AWS's messages quote it. */
  @Override
  public String toString() {
    return source;
  }
}
