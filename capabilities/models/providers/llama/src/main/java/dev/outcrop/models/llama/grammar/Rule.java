package dev.outcrop.models.llama.grammar;

import java.util.BitSet;

/**
 * One rule of a grammar over bytes; rules refer to each other by number. Every rule that can be
 * reached must be able to end, or a text could begin that can't be finished.
 */
public sealed interface Rule {

  /** These bytes. */
  record Literal(byte[] bytes) implements Rule {}

  /**
   * A regular language, as a deterministic automaton whose states all lead to an accepting one.
   *
   * @param next for each state its transitions: first byte, last byte, target, repeated
   * @param accepting the states in which it may end; state 0 is the first
   */
  record Regular(int[][] next, BitSet accepting) implements Rule {
    int step(int state, int value) {
      int[] ways = next[state];
      for (int i = 0; i < ways.length; i += 3) {
        if (value >= ways[i] && value <= ways[i + 1]) {
          return ways[i + 2];
        }
      }
      return -1;
    }
  }

  /** One after the other. */
  record Sequence(int[] parts) implements Rule {}

  /** One of them. */
  record Choice(int[] options) implements Rule {}

  /** From {@code least} to {@code most} of the same, with nothing between. */
  record Repeated(int part, int least, int most) implements Rule {}

  /**
   * The items of a JSON array.
   *
   * @param first the rules of the first items
   * @param rest the rule of the others; -1 when there are none
   * @param unique whether no item may come twice, compared by their bytes
   */
  record Items(int separator, int[] first, int rest, int least, int most, boolean unique)
      implements Rule {}

  /** Different ones out of a few, at most 62, in any order. */
  record Selection(int separator, int[] options, int least, int most) implements Rule {}

  /**
   * The members of a JSON object: those with known names in their order, then others.
   *
   * @param known rules of name, colon and value
   * @param required which of them must come
   * @param others rules of name, colon and value
   */
  record Members(int separator, int[] known, boolean[] required, int[] others, int least, int most)
      implements Rule {}
}
