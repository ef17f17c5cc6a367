package dev.outcrop.models.llama.schema;

import dev.outcrop.models.llama.grammar.Rule;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Which rules have a text that ends, and the rules without those that have none. */
final class Productive {
  private final List<Rule> rules;
  private final BitSet known = new BitSet();

  Productive(List<Rule> rules) {
    this.rules = rules;
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < rules.size(); i++) {
        if (!known.get(i) && ends(rules.get(i))) {
          known.set(i);
          more = true;
        }
      }
    }
  }

  boolean is(int rule) {
    return rule >= 0 && known.get(rule);
  }

  private boolean ends(Rule rule) {
    return switch (rule) {
      case Rule.Literal _ -> true;
      case Rule.Regular r -> !r.accepting().isEmpty();
      case Rule.Sequence r -> Arrays.stream(r.parts()).allMatch(this::is);
      case Rule.Choice r -> Arrays.stream(r.options()).anyMatch(this::is);
      case Rule.Repeated r -> r.least() == 0 || (is(r.part()) && r.least() <= r.most());
      case Rule.Items r -> r.least() <= most(r);
      case Rule.Selection r -> r.least() <= Math.min(r.most(), only(r.options()).length);
      case Rule.Members r -> members(r);
    };
  }

  private int most(Rule.Items r) {
    for (int i = 0; i < r.first().length; i++) {
      if (!is(r.first()[i])) {
        return Math.min(r.most(), i);
      }
    }
    return is(r.rest()) ? r.most() : Math.min(r.most(), r.first().length);
  }

  private boolean members(Rule.Members r) {
    int required = 0;
    for (int i = 0; i < r.known().length; i++) {
      if (r.required()[i]) {
        if (!is(r.known()[i])) {
          return false;
        }
        required++;
      }
    }
    int possible = only(r.others()).length > 0 ? r.most() : only(r.known()).length;
    return required <= r.most() && r.least() <= Math.min(r.most(), possible);
  }

  private int[] only(int[] numbers) {
    return Arrays.stream(numbers).filter(this::is).toArray();
  }

  List<Rule> pruned() {
    return rules.stream().map(this::pruned).toList();
  }

  private Rule pruned(Rule rule) {
    return switch (rule) {
      case Rule.Choice r -> new Rule.Choice(only(r.options()));
      case Rule.Repeated r when !is(r.part()) -> new Rule.Repeated(r.part(), 0, 0);
      case Rule.Items r ->
          new Rule.Items(r.separator(), r.first(), r.rest(), r.least(), most(r), r.unique());
      case Rule.Selection r -> {
        int[] options = only(r.options());
        yield new Rule.Selection(
            r.separator(), options, r.least(), Math.min(r.most(), options.length));
      }
      case Rule.Members r -> {
        int[] kept = IntStream.range(0, r.known().length).filter(i -> is(r.known()[i])).toArray();
        boolean[] required = new boolean[kept.length];
        for (int i = 0; i < kept.length; i++) {
          required[i] = r.required()[kept[i]];
        }
        int[] known = Arrays.stream(kept).map(i -> r.known()[i]).toArray();
        yield new Rule.Members(
            r.separator(), known, required, only(r.others()), r.least(), r.most());
      }
      default -> rule;
    };
  }
}
