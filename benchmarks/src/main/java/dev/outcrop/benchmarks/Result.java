package dev.outcrop.benchmarks;

/** Something measured that may have a target. */
sealed interface Result permits Ratio, Bound {

  /** One line with numbers and verdict. */
  String line();

  /** Whether the target was met; true where there is none. */
  boolean reached();
}
