package dev.outcrop.logs.filter;

/**
 * What events to find. Text patterns look for terms: {@code a b} both, {@code ?a ?b} any, {@code
 * -a} none, {@code "a b"} the phrase, {@code %a.b%} a regular expression. JSON patterns look at
 * fields: {@code { $.status >= 500 && $.path = "/v1/*" }}. Everything is case-sensitive.
 * Space-delimited patterns in square brackets are refused.
 */
@FunctionalInterface
public interface FilterPattern {

  /** Whether an event with this message is wanted. */
  boolean matches(String message);

  /**
   * Reads a pattern; an empty one wants everything.
   *
   * @throws PatternException when it can't be read
   */
  static FilterPattern parse(String pattern) {
    String text = pattern.strip();
    if (text.isEmpty()) {
      return message -> true;
    }
    if (text.startsWith("[")) {
      throw new PatternException("space-delimited patterns in [ ] are not supported");
    }
    return text.startsWith("{") ? JsonPatternReader.read(text) : TermPattern.read(text);
  }
}
