package dev.outcrop.models.llama.schema;

import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;

/** The rules of a grammar in the making. */
final class Rules {
  private static final int MOST = 20_000;
  private static final int MOST_STATES = 500_000;

  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Integer> literals = new HashMap<>();
  private int states;

  int add(Rule rule) {
    rules.add(rule);
    if (rules.size() > MOST) {
      throw new SchemaException("the schema is too large once it is spelled out");
    }
    return rules.size() - 1;
  }

  /** A rule that is set later, so that others may refer to it. */
  int reserve() {
    return add(new Rule.Choice(new int[0]));
  }

  void set(int number, Rule rule) {
    rules.set(number, rule);
  }

  Rule get(int number) {
    return rules.get(number);
  }

  int literal(String text) {
    return literals.computeIfAbsent(
        text, t -> add(new Rule.Literal(t.getBytes(StandardCharsets.UTF_8))));
  }

  int sequence(int... parts) {
    return add(new Rule.Sequence(parts));
  }

  int choice(List<Integer> options) {
    return options.size() == 1
        ? options.getFirst()
        : add(new Rule.Choice(options.stream().mapToInt(i -> i).toArray()));
  }

  /** A language over bytes; an empty one has no text. */
  int regular(Automaton language) {
    Automaton simple = Languages.simple(language);
    int count = simple.getNumStates();
    states += count;
    if (states > MOST_STATES) {
      throw new SchemaException("its patterns and ranges are too complex together");
    }
    if (count == 0) {
      return reserve();
    }
    int[][] next = new int[count][];
    BitSet accepting = new BitSet();
    Transition way = new Transition();
    for (int state = 0; state < count; state++) {
      next[state] = new int[3 * simple.initTransition(state, way)];
      for (int i = 0; i < next[state].length; i += 3) {
        simple.getNextTransition(way);
        next[state][i] = way.min;
        next[state][i + 1] = way.max;
        next[state][i + 2] = way.dest;
      }
      accepting.set(state, simple.isAccept(state));
    }
    return add(new Rule.Regular(next, accepting));
  }

  /** Copies another grammar's rules; tells its start. */
  int take(Grammar other) {
    int shift = rules.size();
    for (Rule rule : other.rules()) {
      int unused = add(shifted(rule, shift));
    }
    return other.start() + shift;
  }

  private static Rule shifted(Rule rule, int by) {
    return switch (rule) {
      case Rule.Literal r -> r;
      case Rule.Regular r -> r;
      case Rule.Sequence r -> new Rule.Sequence(shifted(r.parts(), by));
      case Rule.Choice r -> new Rule.Choice(shifted(r.options(), by));
      case Rule.Repeated r -> new Rule.Repeated(r.part() + by, r.least(), r.most());
      case Rule.Items r ->
          new Rule.Items(
              r.separator() + by,
              shifted(r.first(), by),
              r.rest() + by,
              r.least(),
              r.most(),
              r.unique());
      case Rule.Selection r ->
          new Rule.Selection(r.separator() + by, shifted(r.options(), by), r.least(), r.most());
      case Rule.Members r ->
          new Rule.Members(
              r.separator() + by,
              shifted(r.known(), by),
              r.required(),
              shifted(r.others(), by),
              r.least(),
              r.most());
    };
  }

  private static int[] shifted(int[] numbers, int by) {
    return java.util.Arrays.stream(numbers).map(n -> n + by).toArray();
  }

  /** The grammar without what can't end, or null when nothing is left. */
  Grammar grammar(int start) {
    Productive productive = new Productive(rules);
    return productive.is(start) ? new Grammar(productive.pruned(), start) : null;
  }
}
