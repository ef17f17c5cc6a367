package dev.outcrop.models.templates;

import java.time.Clock;

/** Bounds what one rendering may do, and knows the time. */
final class Work {
  private static final int MOST_STEPS = 5_000_000;
  private static final int DEEPEST = 100;

  final Clock clock;
  private int steps;
  private int depth;

  Work(Clock clock) {
    this.clock = clock;
  }

  void step() {
    if (++steps > MOST_STEPS) {
      throw new TemplateException("the template takes too many steps");
    }
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw new TemplateException("the template's macros call each other too deeply");
    }
  }

  void leave() {
    depth--;
  }
}
