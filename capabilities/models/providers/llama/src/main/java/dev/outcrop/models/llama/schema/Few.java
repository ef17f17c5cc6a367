package dev.outcrop.models.llama.schema;

import dev.outcrop.models.llama.grammar.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rules that have few texts. */
final class Few {
  private final Rules rules;
  private final int most;

  Few(Rules rules, int most) {
    this.rules = rules;
    this.most = most;
  }

  /** The texts of a rule as literals; null when they are too many or not plain. */
  List<Integer> of(int rule) {
    Set<Integer> found = new LinkedHashSet<>();
    return collect(rule, found) && found.size() <= most ? List.copyOf(found) : null;
  }

  private boolean collect(int rule, Set<Integer> found) {
    switch (rules.get(rule)) {
      case Rule.Literal _ -> {
        found.add(rule);
        return true;
      }
      case Rule.Choice r -> {
        for (int option : r.options()) {
          if (!collect(option, found)) {
            return false;
          }
        }
        // None yet: a rule in the making, which refers to itself.
        return r.options().length > 0;
      }
      case Rule.Regular r -> {
        return texts(r, 0, new byte[0], found);
      }
      default -> {
        return false;
      }
    }
  }

  private boolean texts(Rule.Regular r, int state, byte[] text, Set<Integer> found) {
    if (r.accepting().get(state)) {
      found.add(rules.add(new Rule.Literal(text)));
    }
    int[] ways = r.next()[state];
    for (int i = 0; i < ways.length; i += 3) {
      for (int value = ways[i]; value <= ways[i + 1]; value++) {
        byte[] longer = java.util.Arrays.copyOf(text, text.length + 1);
        longer[text.length] = (byte) value;
        if (found.size() > most || longer.length > 200 || !texts(r, ways[i + 2], longer, found)) {
          return false;
        }
      }
    }
    return true;
  }
}
