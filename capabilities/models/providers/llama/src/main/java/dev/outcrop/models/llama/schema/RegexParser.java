package dev.outcrop.models.llama.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automata;

/**
 * Reads ECMAScript's regular expressions. As most engines do, it takes a brace that begins no
 * repetition for itself.
 */
final class RegexParser {
  private final String text;
  private final List<Expression> groups = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private int at;

  RegexParser(String text) {
    this.text = text;
  }

  /**
   * @throws SchemaException when it is none
   */
  Expression parse() {
    Expression all = alternatives();
    if (more()) {
      throw refuse("has a ) too many");
    }
    return all;
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

  private Expression alternatives() {
    List<Expression> options = new ArrayList<>();
    do {
      options.add(sequence());
    } while (take("|"));
    return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (more() && "|)".indexOf(text.charAt(at)) < 0) {
      Expression atom = atom();
      parts.add(quantified(atom));
    }
    return new Expression.Sequence(parts);
  }

  private Expression quantified(Expression atom) {
    int from = at;
    Expression result = atom;
    if (take("*")) {
      result = new Expression.Repeat(atom, 0, -1);
    } else if (take("+")) {
      result = new Expression.Repeat(atom, 1, -1);
    } else if (take("?")) {
      result = new Expression.Repeat(atom, 0, 1);
    } else if (more() && text.charAt(at) == '{') {
      result = counted(atom);
    }
    if (at > from) {
      if (atom instanceof Expression.Begin || atom instanceof Expression.End) {
        throw refuse("repeats an anchor");
      }
      boolean unused = take("?"); // Lazy or not finds a match in the same strings.
    }
    return result;
  }

  private Expression counted(Expression atom) {
    int close = text.indexOf('}', at);
    String inside = close < 0 ? "" : text.substring(at + 1, close);
    if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
      return atom;
    }
    at = close + 1;
    int comma = inside.indexOf(',');
    int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
    if (comma < 0) {
      return new Expression.Repeat(atom, least, least);
    }
    String end = inside.substring(comma + 1);
    int most = end.isEmpty() ? -1 : Integer.parseInt(end);
    if (most >= 0 && least > most) {
      throw refuse("has a repetition whose bounds run backwards");
    }
    return new Expression.Repeat(atom, least, most);
  }

  private Expression atom() {
    if (take("^")) {
      return new Expression.Begin();
    } else if (take("$")) {
      return new Expression.End();
    } else if (take("\\b")) {
      return new Expression.Boundary(false);
    } else if (take("\\B")) {
      return new Expression.Boundary(true);
    } else if (take("\\k<")) {
      String name = name();
      return again(names.getOrDefault(name, 0));
    }
    char c = text.charAt(at);
    if (c == '(') {
      at++;
      return group();
    }
    if (c == '\\' && at + 1 < text.length() && "123456789".indexOf(text.charAt(at + 1)) >= 0) {
      at++;
      int from = at;
      while (more() && Character.isDigit(text.charAt(at)) && at < from + 3) {
        at++;
      }
      return again(Integer.parseInt(text.substring(from, at)));
    }
    if (c == '[' || c == '.' || c == '\\') {
      return new Expression.Text(
          new CharacterClass(this::refuse).read(text, at, next -> at = next));
    }
    if ("*+?".indexOf(c) >= 0) {
      throw refuse("has a " + c + " in a place where it means nothing");
    }
    int point = text.codePointAt(at);
    at += Character.charCount(point);
    return new Expression.Text(Automata.makeChar(point));
  }

  private Expression again(int group) {
    if (group < 1 || group > groups.size() || groups.get(group - 1) == null) {
      throw refuse("refers to a group that it does not have before");
    }
    return new Expression.Again(groups.get(group - 1));
  }

  private String name() {
    int close = text.indexOf('>', at);
    if (close <= at) {
      throw refuse("has a group without a name");
    }
    String name = text.substring(at, close);
    at = close + 1;
    return name;
  }

  private Expression group() {
    if (take("?:")) {
      return inside();
    } else if (take("?=")) {
      return new Expression.Ahead(inside(), false);
    } else if (take("?!")) {
      return new Expression.Ahead(inside(), true);
    } else if (take("?<=") || take("?<!")) {
      Expression unused = inside();
      return new Expression.Behind();
    }
    groups.add(null);
    int number = groups.size();
    if (take("?P<") || take("?<")) {
      names.put(name(), number);
    } else if (take("?")) {
      throw refuse("has a group of a kind that ECMAScript does not know");
    }
    Expression inside = inside();
    groups.set(number - 1, inside);
    return inside;
  }

  private Expression inside() {
    Expression inside = alternatives();
    if (!take(")")) {
      throw refuse("has an unclosed (");
    }
    return inside;
  }
}
