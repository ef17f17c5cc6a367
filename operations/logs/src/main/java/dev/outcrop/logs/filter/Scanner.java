package dev.outcrop.logs.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Reads a pattern from left to right. */
final class Scanner {
  private final String text;
  private int at;

  Scanner(String text) {
    this.text = text;
  }

  /** Whether something follows. */
  boolean skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  boolean sees(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  boolean take(String expected) {
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  /** Takes a word of the pattern language itself, in any case of letters. */
  boolean takeWord(String word) {
    int end = at + word.length();
    if (text.regionMatches(true, at, word, 0, word.length())
        && (end == text.length() || !letter(text.charAt(end)))) {
      at = end;
      return true;
    }
    return false;
  }

  void expect(String expected) {
    skipSpaces();
    if (!take(expected)) {
      throw problem("expected " + expected);
    }
  }

  private static boolean letter(int c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Letters, digits and underscores; anything else has to be quoted. */
  String word() {
    String word = run(Scanner::letter);
    if (word.isEmpty() || at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      throw problem("put a term with anything but letters, digits and _ into double quotes");
    }
    return word;
  }

  String run(IntPredicate wanted) {
    int start = at;
    while (at < text.length() && wanted.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A text in double quotes; a backslash takes the next character as it is. */
  String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
        c = text.charAt(++at);
      }
      value.append(c);
    }
    throw problem("a quote isn't closed");
  }

  /** A regular expression between percent signs, found anywhere in a text. */
  Predicate<String> regex() {
    int end = text.indexOf('%', at + 1);
    if (end < 0) {
      throw problem("a % isn't closed");
    }
    String expression = text.substring(at + 1, end);
    at = end + 1;
    try {
      Pattern pattern = Pattern.compile(expression);
      return value -> pattern.matcher(value).find();
    } catch (PatternSyntaxException e) {
      throw problem("not a regular expression: " + e.getMessage());
    }
  }

  PatternException problem(String what) {
    return new PatternException(what + ", at position " + at);
  }
}
