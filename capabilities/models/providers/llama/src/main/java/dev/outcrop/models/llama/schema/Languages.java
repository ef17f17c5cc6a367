package dev.outcrop.models.llama.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.Transition;

/** Regular languages over characters, and as JSON strings over bytes. */
final class Languages {
  private static final int WORK = 60_000;
  private static final int MOST_JOINED = 1_000_000;
  private static final int MOST_STATES = 4_000;
  private static final int MOST_WAYS = 30_000;
  private static final String CONTROLS = "\b\t\n\f\r";
  private static final String LETTERS = "btnfr";

  /** A character that a string of ours may hold: no control character without a short escape. */
  static final Automaton CHARACTER =
      union(
          Automata.makeCharRange('\b', '\n'),
          Automata.makeCharRange('\f', '\r'),
          Automata.makeCharRange(' ', 0xD7FF),
          Automata.makeCharRange(0xE000, 0x10FFFF));

  static final Automaton ANY = simple(Operations.repeat(CHARACTER));

  private Languages() {}

  static Automaton union(Automaton... languages) {
    return union(List.of(languages));
  }

  static Automaton union(List<Automaton> languages) {
    pay(languages.stream().mapToLong(Automaton::getNumStates).sum(), 0);
    return Operations.union(languages);
  }

  static Automaton concat(Automaton... languages) {
    return concat(List.of(languages));
  }

  /** What each leaves off at has the ways into the next, and past that where it may be empty. */
  static Automaton concat(List<Automaton> languages) {
    long states = 0;
    long ways = 0;
    long following = 0;
    for (Automaton language : languages.reversed()) {
      states += language.getNumStates();
      ways += language.getNumTransitions() + language.getAcceptStates().cardinality() * following;
      following = begins(language) + (mayBeEmpty(language) ? following : 0);
    }
    pay(states, ways);
    return Operations.concatenate(languages);
  }

  /**
   * @param most negative for any number
   */
  static Automaton repeat(Automaton part, int least, int most) {
    long times = Math.max(1, Math.max(least, most));
    long joints = part.getAcceptStates().cardinality() * begins(part);
    pay(
        part.getNumStates() * times,
        (part.getNumTransitions() + joints * (mayBeEmpty(part) ? times : 1)) * times);
    if (most < 0) {
      return least == 0 ? Operations.repeat(part) : Operations.repeat(part, least);
    }
    return Operations.repeat(part, least, most);
  }

  private static long begins(Automaton language) {
    return language.getNumStates() == 0 ? 0 : language.getNumTransitions(0);
  }

  private static boolean mayBeEmpty(Automaton language) {
    return language.getNumStates() > 0 && language.isAccept(0);
  }

  /** Before it is made. */
  private static void pay(long states, long ways) {
    if (states > WORK || ways > MOST_JOINED) {
      throw new SchemaException.TooComplex();
    }
    Budget.spend(states + ways / 10);
  }

  static Automaton intersect(Automaton a, Automaton b) {
    return simple(Operations.intersection(a, b));
  }

  static Automaton minus(Automaton a, Automaton b) {
    Automaton left = simple(a);
    Automaton right = simple(b);
    Budget.spend(left.getNumStates() + right.getNumStates());
    try {
      return simple(Operations.minus(left, right, WORK));
    } catch (TooComplexToDeterminizeException e) {
      throw new SchemaException.TooComplex();
    }
  }

  /** Deterministic, with no state that leads nowhere. */
  static Automaton simple(Automaton language) {
    Budget.spend(1 + language.getNumStates());
    try {
      return Operations.removeDeadStates(Operations.determinize(language, WORK));
    } catch (TooComplexToDeterminizeException e) {
      throw new SchemaException.TooComplex();
    }
  }

  static boolean accepts(Automaton language, String text) {
    return Operations.run(simple(language), text);
  }

  /** What a JSON text must hold between the quotes for these strings, as bytes. */
  static Automaton quoted(Automaton strings) {
    return concat(Automata.makeChar('"'), encoded(strings), Automata.makeChar('"'));
  }

  /** The same without quotes. */
  static Automaton encoded(Automaton strings) {
    Automaton written = intersect(strings, ANY);
    // Each state becomes dozens, and the whole has to travel to the engine.
    if (written.getNumStates() > MOST_STATES || written.getNumTransitions() > MOST_WAYS) {
      throw new SchemaException.TooComplex();
    }
    return escaped(written);
  }

  private static Automaton escaped(Automaton strings) {
    Automaton.Builder out = new Automaton.Builder();
    for (int state = 0; state < Math.max(1, strings.getNumStates()); state++) {
      int copy = out.createState();
      out.setAccept(copy, state < strings.getNumStates() && strings.isAccept(state));
    }
    Transition way = new Transition();
    for (int state = 0; state < strings.getNumStates(); state++) {
      int count = strings.initTransition(state, way);
      for (int i = 0; i < count; i++) {
        strings.getNextTransition(way);
        escape(out, way);
      }
    }
    return out.finish();
  }

  private static void escape(Automaton.Builder out, Transition way) {
    plain(out, way, ' ', '!');
    plain(out, way, '#', '[');
    plain(out, way, ']', 0x7F);
    plain(out, way, 0x80, 0x7FF);
    plain(out, way, 0x800, 0xFFFF);
    plain(out, way, 0x10000, 0x10FFFF);
    special(out, way, '"', '"');
    special(out, way, '\\', '\\');
    for (int i = 0; i < CONTROLS.length(); i++) {
      special(out, way, CONTROLS.charAt(i), LETTERS.charAt(i));
    }
  }

  private static void plain(Automaton.Builder out, Transition way, int from, int to) {
    int min = Math.max(way.min, from);
    int max = Math.min(way.max, to);
    if (min <= max) {
      bytes(out, way, min, max);
    }
  }

  /** Characters of the same length in UTF-8, in pieces whose bytes vary independently. */
  private static void bytes(Automaton.Builder out, Transition way, int min, int max) {
    for (int bits = 6; bits < 24; bits += 6) {
      int low = (1 << bits) - 1;
      if ((min & ~low) != (max & ~low)) {
        if ((min & low) != 0) {
          bytes(out, way, min, min | low);
          bytes(out, way, (min | low) + 1, max);
          return;
        }
        if ((max & low) != low) {
          bytes(out, way, min, (max & ~low) - 1);
          bytes(out, way, max & ~low, max);
          return;
        }
      }
    }
    byte[] from = Character.toString(min).getBytes(StandardCharsets.UTF_8);
    byte[] to = Character.toString(max).getBytes(StandardCharsets.UTF_8);
    int state = way.source;
    for (int i = 0; i < from.length; i++) {
      int next = i == from.length - 1 ? way.dest : out.createState();
      out.addTransition(state, next, from[i] & 0xFF, to[i] & 0xFF);
      state = next;
    }
  }

  private static void special(Automaton.Builder out, Transition way, int character, int letter) {
    if (way.min <= character && character <= way.max) {
      int between = out.createState();
      out.addTransition(way.source, between, '\\');
      out.addTransition(between, way.dest, letter);
    }
  }
}
