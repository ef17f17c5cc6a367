package dev.outcrop.models.llama.schema;

import java.util.function.Supplier;

/**
 * How much work a schema may take: states of automata, above all. It is counted and not timed, so
 * that what is refused once is refused always.
 */
final class Budget {
  private static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();
  private static final long MOST = 3_000_000;

  private long spent;

  private Budget() {}

  static <T> T within(Supplier<T> work) {
    return ScopedValue.where(CURRENT, new Budget()).call(work::get);
  }

  /**
   * @throws SchemaException when there is nothing left
   */
  static void spend(long states) {
    if (CURRENT.isBound()) {
      Budget budget = CURRENT.get();
      budget.spent += states;
      if (budget.spent > MOST) {
        throw new SchemaException(
            "following its patterns, ranges and alternatives takes too much work");
      }
    }
  }
}
