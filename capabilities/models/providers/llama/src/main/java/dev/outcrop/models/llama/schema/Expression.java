package dev.outcrop.models.llama.schema;

import java.util.List;
import org.apache.lucene.util.automaton.Automaton;

/** A part of a regular expression. */
sealed interface Expression {

  /** Some characters. */
  record Text(Automaton language) implements Expression {}

  record Sequence(List<Expression> parts) implements Expression {}

  record Choice(List<Expression> options) implements Expression {}

  /**
   * @param most negative for any number
   */
  record Repeat(Expression part, int least, int most) implements Expression {}

  /** The beginning of the string. */
  record Begin() implements Expression {}

  /** The end of the string. */
  record End() implements Expression {}

  /** Where a word begins or ends, or, negated, where none does. */
  record Boundary(boolean negated) implements Expression {}

  /** What must follow here, or must not. */
  record Ahead(Expression what, boolean negated) implements Expression {}

  /** What must have come before; no automaton of ours knows. */
  record Behind() implements Expression {}

  /** What a group has found, once more. */
  record Again(Expression group) implements Expression {}

  /** Whether it says more than which characters come one after the other. */
  default boolean looks() {
    return switch (this) {
      case Text _, Again _ -> false;
      case Sequence s -> s.parts().stream().anyMatch(Expression::looks);
      case Choice c -> c.options().stream().anyMatch(Expression::looks);
      case Repeat r -> r.part().looks();
      default -> true;
    };
  }

  /** Whether it asks what stands before. */
  default boolean asks() {
    return switch (this) {
      case Begin _, Boundary _ -> true;
      case Ahead a -> a.what().asks();
      case Sequence s -> s.parts().stream().anyMatch(Expression::asks);
      case Choice c -> c.options().stream().anyMatch(Expression::asks);
      case Repeat r -> r.part().asks();
      default -> false;
    };
  }
}
