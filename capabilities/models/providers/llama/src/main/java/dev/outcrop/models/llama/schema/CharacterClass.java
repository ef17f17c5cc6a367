package dev.outcrop.models.llama.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** What stands for one character in a regular expression: a dot, an escape, a class in brackets. */
final class CharacterClass {
  private final Function<String, SchemaException> refuse;
  private String text;
  private int at;

  /** The character that an escape just read stands for; -1 when it stands for several. */
  private int single;

  CharacterClass(Function<String, SchemaException> refuse) {
    this.refuse = refuse;
  }

  /** Reads one that begins here and tells where it ends. */
  Automaton read(String pattern, int from, IntConsumer end) {
    text = pattern;
    at = from;
    Automaton language =
        switch (next()) {
          // Some engines take U+0085 for the end of a line, too.
          case '.' -> not(of("\n\r\u0085\u2028\u2029"));
          case '[' -> brackets();
          default -> escape();
        };
    end.accept(at);
    return language;
  }

  private int next() {
    if (at >= text.length()) {
      throw refuse.apply("ends too soon");
    }
    int point = text.codePointAt(at);
    at += Character.charCount(point);
    return point;
  }

  private static Automaton of(String characters) {
    return Operations.union(characters.codePoints().mapToObj(Automata::makeChar).toList());
  }

  private static Automaton not(Automaton characters) {
    return Languages.minus(Languages.CHARACTER, characters);
  }

  private Automaton brackets() {
    boolean negated = text.startsWith("^", at);
    at += negated ? 1 : 0;
    List<Automaton> parts = new ArrayList<>();
    while (!text.startsWith("]", at)) {
      Automaton one = member();
      int first = single;
      if (first >= 0 && text.startsWith("-", at) && !text.startsWith("-]", at)) {
        at++;
        Automaton unused = member();
        if (single < first) {
          throw refuse.apply("has a range that runs backwards");
        }
        one = Automata.makeCharRange(first, single);
      }
      parts.add(one);
    }
    at++;
    Automaton union = Operations.union(parts);
    return negated ? not(union) : union;
  }

  private Automaton member() {
    int point = next();
    if (point == '\\') {
      return escape();
    }
    single = point;
    return Automata.makeChar(point);
  }

  private Automaton escape() {
    int letter = next();
    single = -1;
    return switch (letter) {
      case 'd' -> Automata.makeCharRange('0', '9');
      case 'D' -> not(Automata.makeCharRange('0', '9'));
      case 'w' -> word();
      case 'W' -> not(word());
      // Engines differ about which others are space: none of those for either.
      case 's' -> of("\t\n\f\r ");
      case 'S' -> not(space());
      case 'p' -> property();
      case 'P' -> not(property());
      case 'b' -> {
        // A boundary of a word stands outside of brackets only, and is read elsewhere.
        single = '\b';
        yield Automata.makeChar(single);
      }
      default -> {
        single = character(letter);
        yield Automata.makeChar(single);
      }
    };
  }

  private int character(int letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case '0' -> 0;
      case 'x' -> hex(2);
      case 'c' -> next() % 32;
      case 'u' -> unicode();
      default -> letter;
    };
  }

  private int unicode() {
    if (text.startsWith("{", at)) {
      int close = text.indexOf('}', at);
      at++;
      int point = hex(close - at);
      at++;
      return point;
    }
    int first = hex(4);
    if (Character.isHighSurrogate((char) first) && text.startsWith("\\u", at)) {
      at += 2;
      return Character.toCodePoint((char) first, (char) hex(4));
    }
    return first;
  }

  private int hex(int digits) {
    try {
      int value = Integer.parseInt(text.substring(at, at + digits), 16);
      at += digits;
      return value;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw refuse.apply("has a broken escape");
    }
  }

  private static Automaton word() {
    return Languages.union(
        Automata.makeCharRange('a', 'z'),
        Automata.makeCharRange('A', 'Z'),
        Automata.makeCharRange('0', '9'),
        Automata.makeChar('_'));
  }

  private static Automaton space() {
    return of(
        "\t\n\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
            + "\u200a\u2028\u2029\u202f\u205f\u3000\ufeff");
  }

  /** General categories, by asking the JDK about every character. */
  private Automaton property() {
    int close = text.indexOf('}', at);
    if (!text.startsWith("{", at) || close < 0) {
      throw refuse.apply("has a broken \\p");
    }
    String name = text.substring(at + 1, close);
    at = close + 1;
    Predicate<String> member;
    try {
      member = Pattern.compile("\\p{" + name + "}").asMatchPredicate();
    } catch (PatternSyntaxException e) {
      throw refuse.apply("names a property of characters that is not known: " + name);
    }
    List<Automaton> ranges = new ArrayList<>();
    int begin = -1;
    for (int point = ' '; point <= Character.MAX_CODE_POINT + 1; point++) {
      boolean in =
          point <= Character.MAX_CODE_POINT
              && (point < 0xD800 || point > 0xDFFF)
              && member.test(Character.toString(point));
      if (in && begin < 0) {
        begin = point;
      } else if (!in && begin >= 0) {
        ranges.add(Automata.makeCharRange(begin, point - 1));
        begin = -1;
      }
    }
    return Operations.union(ranges);
  }
}
