package dev.outcrop.models.templates;

import java.util.ArrayList;
import java.util.List;

/** Python's ideas of white space, escapes and characters. */
final class Strings {
  private Strings() {}

  /** What {@code str.isspace} is true for. */
  static boolean space(int c) {
    return (c >= 9 && c <= 13)
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  static String lstrip(String text) {
    return lstrip(text, null);
  }

  static String rstrip(String text) {
    return rstrip(text, null);
  }

  /** Strips the characters given from the left; white space when null. */
  static String lstrip(String text, String chars) {
    int start = 0;
    while (start < text.length() && strips(text.charAt(start), chars)) {
      start++;
    }
    return text.substring(start);
  }

  static String rstrip(String text, String chars) {
    int end = text.length();
    while (end > 0 && strips(text.charAt(end - 1), chars)) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean strips(char c, String chars) {
    if (chars != null && Character.isSurrogate(c)) {
      return false;
    }
    return chars == null ? space(c) : chars.indexOf(c) >= 0;
  }

  /** The characters as Python counts them: code points. */
  static List<String> characters(String text) {
    List<String> characters = new ArrayList<>();
    text.codePoints().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Splits at runs of white space, as {@code str.split()}. */
  static List<Object> words(String text) {
    List<Object> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean gap = i == text.length() || space(text.charAt(i));
      if (gap && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!gap && start < 0) {
        start = i;
      }
    }
    return words;
  }

  /** Splits at a separator at most so many times; negative for all. */
  static List<Object> split(String text, String separator, long most) {
    List<Object> parts = new ArrayList<>();
    int start = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(start, at));
      start = at + separator.length();
      at = text.indexOf(separator, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** What a string literal's inside stands for. */
  static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char code = text.charAt(++i);
      int simple = "\\'\"abfnrtv".indexOf(code);
      if (simple >= 0) {
        out.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(simple));
      } else if (code == 'x' || code == 'u' || code == 'U') {
        int digits = code == 'x' ? 2 : code == 'u' ? 4 : 8;
        out.appendCodePoint(hexadecimal(text, i + 1, digits));
        i += digits;
      } else if (code != '\n') {
        throw new TemplateException("the escape \\" + code + " in a string is not supported");
      }
    }
    return out.toString();
  }

  private static int hexadecimal(String text, int start, int digits) {
    try {
      int value = Integer.parseInt(text.substring(start, start + digits), 16);
      if (Character.isValidCodePoint(value)) {
        return value;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Reported below.
    }
    throw new TemplateException("broken escape in the string '" + text + "'");
  }
}
