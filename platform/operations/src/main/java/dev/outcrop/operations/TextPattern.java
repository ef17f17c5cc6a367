package dev.outcrop.operations;

import java.util.function.Predicate;

/**
 * A pattern of a service's model, compiled when first used and matched as the services do: against
 * the whole text.
 *
 * <p>RE2/J matches in linear time whatever the text. It knows neither look-around nor more than
 * 1,000 repetitions; those patterns (one in twenty) go to {@code java.util.regex} with a budget of
 * steps, and a text that exhausts it does not match.
 */
final class TextPattern {
  private final String source;
  private volatile Predicate<String> compiled;

  TextPattern(String source) {
    this.source = source;
  }

  boolean matches(String text) {
    if (compiled == null) compiled = compile();
    return compiled.test(text);
  }

  /** The pattern as AWS's messages quote it. */
  @Override
  public String toString() {
    return source;
  }

  private Predicate<String> compile() {
    // One class alone ("[^\r\n]") would allow texts of one character; it is meant as "has one".
    boolean single = source.matches("\\[[^\\[\\]]*]|\\\\[sSwWdD]");
    try {
      var pattern =
          com.google.re2j.Pattern.compile(portable(source), com.google.re2j.Pattern.DOTALL);
      return single ? text -> pattern.matcher(text).find() : pattern::matches;
    } catch (com.google.re2j.PatternSyntaxException e) {
      var pattern = java.util.regex.Pattern.compile(source, java.util.regex.Pattern.DOTALL);
      return text -> {
        var matcher = pattern.matcher(new BoundedText(text));
        try {
          return single ? matcher.find() : matcher.matches();
        } catch (BoundedText.ExhaustedException | StackOverflowError exhausted) {
          return false;
        }
      };
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
}
