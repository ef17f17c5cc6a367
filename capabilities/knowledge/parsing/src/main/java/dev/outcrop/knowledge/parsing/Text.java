package dev.outcrop.knowledge.parsing;

/** What is done to all text: no control characters, no broken surrogates, no stray white space. */
final class Text {
  private Text() {}

  /** Runs of blanks become one; line breaks stay, at most two in a row. */
  static String clean(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    int blanks = 0;
    int breaks = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = valid(raw, i);
      if (c == '\n' || c == '\u2028' || c == '\u2029' || c == '\f' || c == '\u000B') {
        breaks++;
      } else if (isBlank(c)) {
        blanks++;
      } else if (!isNoise(c)) {
        if (!out.isEmpty()) {
          out.append(breaks > 0 ? "\n".repeat(Math.min(breaks, 2)) : blanks > 0 ? " " : "");
        }
        blanks = 0;
        breaks = 0;
        out.append(c);
      }
    }
    return out.toString();
  }

  static String oneLine(String raw) {
    return clean(raw).replaceAll("\n+", " ");
  }

  /** Keeps indentation and line breaks. */
  static String code(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = valid(raw, i);
      if (c == '\n' || c == '\t' || !isNoise(c)) {
        out.append(c);
      }
    }
    return out.toString().replaceAll("\\A(?:[ \t]*\n)+", "").stripTrailing();
  }

  /** A lone half of a surrogate pair can't be written as UTF-8. */
  private static char valid(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      boolean paired = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
      return paired ? c : '\uFFFD';
    }
    if (Character.isLowSurrogate(c)) {
      boolean paired = i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
      return paired ? c : '\uFFFD';
    }
    return c;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\u00A0' || Character.isSpaceChar(c);
  }

  /** Control characters, soft hyphens, byte order marks, zero-width spaces. */
  private static boolean isNoise(char c) {
    return Character.isISOControl(c)
        || c == '\u00AD'
        || c == '\u200B'
        || c == '\uFEFF'
        || c == '\uFFFE'
        || c == '\uFFFF';
  }
}
