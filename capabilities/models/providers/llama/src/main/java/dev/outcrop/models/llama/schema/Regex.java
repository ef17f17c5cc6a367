package dev.outcrop.models.llama.schema;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * The strings in which a regular expression finds a match; the regular part of ECMAScript's syntax
 * with the u flag, as JSON Schema asks. Look-around, back references and word boundaries are
 * refused.
 */
final class Regex {
  private static final int MOST_REPEATS = 1000;

  private final String text;
  private int at;

  private Regex(String text) {
    this.text = text;
  }

  static Automaton of(String pattern) {
    Regex regex = new Regex(pattern);
    Automaton language = regex.alternatives(true);
    if (regex.at < pattern.length()) {
      throw regex.refuse("has a ) too many");
    }
    return Languages.simple(language);
  }

  private SchemaException refuse(String why) {
    return new SchemaException("the pattern " + text + " " + why);
  }

  private boolean more() {
    return at < text.length();
  }

  private boolean take(String expected) {
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  /** Outermost alternatives match anywhere unless anchored. */
  private Automaton alternatives(boolean outermost) {
    List<Automaton> options = new ArrayList<>();
    do {
      options.add(outermost ? anchored() : sequence());
    } while (take("|"));
    return Operations.union(options);
  }

  private Automaton anchored() {
    boolean begin = take("^");
    Automaton middle = sequence();
    boolean end = take("$");
    if (more() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      throw refuse("has an anchor that is not at its end");
    }
    Automaton any = Languages.ANY;
    Automaton open = begin ? middle : Languages.concat(any, middle);
    return end ? open : Languages.concat(open, any);
  }

  private Automaton sequence() {
    List<Automaton> parts = new ArrayList<>();
    while (more() && "|)$".indexOf(text.charAt(at)) < 0) {
      parts.add(quantified(atom()));
    }
    return parts.isEmpty() ? Automata.makeEmptyString() : Operations.concatenate(parts);
  }

  private Automaton quantified(Automaton atom) {
    Automaton result = atom;
    if (take("*")) {
      result = Operations.repeat(atom);
    } else if (take("+")) {
      result = Operations.repeat(atom, 1);
    } else if (take("?")) {
      result = Operations.optional(atom);
    } else if (more() && text.charAt(at) == '{') {
      result = counted(atom);
    } else {
      return result;
    }
    boolean unused = take("?"); // Lazy or not finds a match in the same strings.
    return result;
  }

  private Automaton counted(Automaton atom) {
    int close = text.indexOf('}', at);
    String[] bounds = close < 0 ? new String[0] : text.substring(at + 1, close).split(",", -1);
    try {
      int least = Integer.parseInt(bounds[0]);
      at = close + 1;
      if (bounds.length == 2 && bounds[1].isEmpty() && least <= MOST_REPEATS) {
        return Operations.repeat(atom, least);
      }
      int most = bounds.length == 1 ? least : Integer.parseInt(bounds[1]);
      if (bounds.length > 2 || least > most || most > MOST_REPEATS) {
        throw refuse("has a repetition that is wrong or above " + MOST_REPEATS);
      }
      return Operations.repeat(atom, least, most);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw refuse("has a { that begins no repetition");
    }
  }

  private Automaton atom() {
    char c = text.charAt(at);
    if (c == '(') {
      return group();
    }
    if (c == '[' || c == '.' || c == '\\') {
      return new CharacterClass(this::refuse).read(text, at, next -> at = next);
    }
    if ("*+?{}^]".indexOf(c) >= 0) {
      throw refuse("has a " + c + " in a place where it means nothing");
    }
    int point = text.codePointAt(at);
    at += Character.charCount(point);
    return Automata.makeChar(point);
  }

  private Automaton group() {
    at++;
    if (take("?")) {
      if (!take(":")) {
        int close = text.indexOf('>', at);
        boolean named = text.startsWith("<", at) && close > at + 1;
        if (!named || "=!".indexOf(text.charAt(at + 1)) >= 0) {
          throw refuse("looks around itself, which is not regular");
        }
        at = close + 1;
      }
    }
    Automaton inside = alternatives(false);
    if (!take(")")) {
      throw refuse("has an unclosed ( or an anchor inside a group");
    }
    return inside;
  }
}
