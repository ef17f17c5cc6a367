package dev.outcrop.models.llama.schema;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;

/**
 * The strings in which a regular expression of ECMAScript finds a match.
 *
 * <p>An expression is turned into the language of what may follow from its place on, given the
 * language of what may follow after it. So what looks ahead is an intersection. What came before is
 * known as far as anchors and boundaries of words ask for it. Where that is not enough, as for
 * references back, the language has strings too many and is not exact.
 *
 * @param language deterministic
 * @param exact whether it has no string in which nothing is found
 */
record Regex(Automaton language, boolean exact) {
  private static final int MOST_REPEATS = 1000;
  private static final int MOST_UNROLLED = 16;
  private static final int MOST_STATES = 800;
  private static final Automaton WORD =
      Languages.union(
          Automata.makeCharRange('a', 'z'),
          Automata.makeCharRange('A', 'Z'),
          Automata.makeCharRange('0', '9'),
          Automata.makeChar('_'));
  private static final Automaton OTHER = Languages.minus(Languages.CHARACTER, WORD);

  /**
   * @throws SchemaException when it is no regular expression
   */
  static Regex of(String pattern) {
    Expression expression = new RegexParser(pattern).parse();
    try {
      Reader reader = new Reader();
      return new Regex(reader.anywhere(expression), reader.exact);
    } catch (SchemaException.TooComplex e) {
      return new Regex(Languages.ANY, false);
    }
  }

  /** What stands before a place in the string. */
  private enum Before {
    NOTHING,
    WORD,
    OTHER
  }

  /** The language of what may follow, by what stands before. */
  private static final class Rest {
    static final Rest ANYTHING = new Rest(false, _ -> Languages.ANY);
    private final boolean asks;
    private final Function<Before, Automaton> language;
    private final Map<Before, Automaton> known = new EnumMap<>(Before.class);

    /**
     * @param asks whether what stands before makes a difference
     */
    Rest(boolean asks, Function<Before, Automaton> language) {
      this.asks = asks;
      this.language = language;
    }

    /** Computed once, as a part may have several ways to end. */
    Automaton after(Before before) {
      Before key = asks ? before : Before.NOTHING;
      Automaton found = known.get(key);
      if (found == null) {
        found = language.apply(before);
        known.put(key, found);
      }
      return found;
    }
  }

  private static final class Reader {
    private boolean exact = true;

    /** What matches from anywhere in the string on. */
    Automaton anywhere(Expression all) {
      Automaton first = from(all, Rest.ANYTHING, Before.NOTHING);
      if (!all.looks()) {
        return Languages.simple(Languages.concat(Languages.ANY, first));
      }
      Automaton later =
          Languages.union(
              Languages.concat(Languages.ANY, WORD, from(all, Rest.ANYTHING, Before.WORD)),
              Languages.concat(Languages.ANY, OTHER, from(all, Rest.ANYTHING, Before.OTHER)));
      return Languages.simple(Languages.union(first, later));
    }

    private Automaton from(Expression expression, Rest rest, Before before) {
      if (!expression.looks()) {
        return then(plain(expression), rest, before);
      }
      return switch (expression) {
        case Expression.Begin _ ->
            before == Before.NOTHING ? rest.after(before) : Automata.makeEmpty();
        case Expression.End _ -> ends(rest.after(before));
        case Expression.Boundary b -> boundary(b.negated(), rest, before);
        case Expression.Ahead a -> ahead(a, rest, before);
        case Expression.Behind _ -> {
          exact = false;
          yield rest.after(before);
        }
        case Expression.Choice c ->
            Languages.simple(
                Languages.union(c.options().stream().map(o -> from(o, rest, before)).toList()));
        case Expression.Sequence s -> sequence(s.parts(), rest, before);
        case Expression.Repeat r -> repeat(r, rest, before);
        default -> throw new IllegalStateException("it looks at nothing: " + expression);
      };
    }

    private static Automaton ends(Automaton rest) {
      return Languages.accepts(rest, "") ? Automata.makeEmptyString() : Automata.makeEmpty();
    }

    private static Automaton boundary(boolean negated, Rest rest, Before before) {
      boolean wordFollows = (before == Before.WORD) == negated;
      Automaton word = Languages.concat(WORD, Languages.ANY);
      Automaton next = wordFollows ? word : Languages.minus(Languages.ANY, word);
      return Languages.intersect(rest.after(before), next);
    }

    private Automaton ahead(Expression.Ahead ahead, Rest rest, Before before) {
      Reader inside = new Reader();
      Automaton what = inside.from(ahead.what(), Rest.ANYTHING, before);
      if (!inside.exact) {
        exact = false;
        if (ahead.negated()) {
          return rest.after(before);
        }
      }
      Automaton after = rest.after(before);
      Automaton both =
          ahead.negated() ? Languages.minus(after, what) : Languages.intersect(after, what);
      // Each that looks ahead can double it.
      if (both.getNumStates() > MOST_STATES) {
        throw new SchemaException.TooComplex();
      }
      return both;
    }

    private Automaton sequence(List<Expression> parts, Rest rest, Before before) {
      int alike = 0;
      while (alike < parts.size() && !parts.get(alike).looks()) {
        alike++;
      }
      if (alike == parts.size()) {
        return then(plain(new Expression.Sequence(parts)), rest, before);
      }
      Expression first =
          alike == 0 ? parts.getFirst() : new Expression.Sequence(parts.subList(0, alike));
      List<Expression> others = parts.subList(Math.max(1, alike), parts.size());
      boolean asks = rest.asks || others.stream().anyMatch(Expression::asks);
      return from(first, new Rest(asks, b -> sequence(others, rest, b)), before);
    }

    private Automaton repeat(Expression.Repeat repeat, Rest rest, Before before) {
      if (repeat.most() < 0 || repeat.most() > MOST_UNROLLED) {
        exact = false;
        return then(plain(repeat), rest, before);
      }
      Rest more = rest;
      for (int i = repeat.most(); i > 0; i--) {
        Rest after = more;
        boolean may = i > repeat.least();
        more =
            new Rest(
                rest.asks || repeat.part().asks(),
                b -> {
                  Automaton one = from(repeat.part(), after, b);
                  return may ? Languages.simple(Languages.union(one, rest.after(b))) : one;
                });
      }
      return more.after(before);
    }

    /** A text, and the rest after it by how the text ends. */
    private static Automaton then(Automaton text, Rest rest, Before before) {
      if (!rest.asks) {
        return Languages.simple(Languages.concat(text, rest.after(before)));
      }
      Automaton afterWord = rest.after(Before.WORD);
      Automaton afterOther = rest.after(Before.OTHER);
      Automaton word = Languages.intersect(text, Languages.concat(Languages.ANY, WORD));
      Automaton other = Languages.intersect(text, Languages.concat(Languages.ANY, OTHER));
      Automaton none = Languages.accepts(text, "") ? rest.after(before) : Automata.makeEmpty();
      return Languages.simple(
          Languages.union(
              Languages.concat(word, afterWord), Languages.concat(other, afterOther), none));
    }

    /** Its texts, whatever it looks at. */
    private Automaton plain(Expression expression) {
      return switch (expression) {
        case Expression.Text t -> t.language();
        case Expression.Again a -> {
          exact = false;
          yield plain(a.group());
        }
        case Expression.Sequence s when s.parts().isEmpty() -> Automata.makeEmptyString();
        case Expression.Sequence s ->
            Languages.concat(s.parts().stream().map(this::plain).toList());
        case Expression.Choice c -> Languages.union(c.options().stream().map(this::plain).toList());
        case Expression.Repeat r -> repeated(r);
        default -> Automata.makeEmptyString();
      };
    }

    private Automaton repeated(Expression.Repeat repeat) {
      Automaton part = plain(repeat.part());
      int least = repeat.least();
      int most = repeat.most();
      if (least > MOST_REPEATS || most > MOST_REPEATS) {
        exact = false;
        least = Math.min(least, MOST_REPEATS);
        most = -1;
      }
      return Languages.repeat(part, least, most);
    }
  }
}
