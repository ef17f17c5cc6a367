package dev.outcrop.knowledge.parsing;

import java.time.Duration;

/**
 * When a parse has to be over. Libraries can't be stopped from outside, so all that they read and
 * all that they hand out passes a check of this.
 */
final class Deadline {
  private final Duration limit;
  private final long end;
  private volatile boolean cancelled;

  Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  long nanosLeft() {
    return end - System.nanoTime();
  }

  /** From now on every check fails. */
  void cancel() {
    cancelled = true;
  }

  void check() {
    if (cancelled || nanosLeft() < 0) {
      throw exceeded();
    }
  }

  Refusal exceeded() {
    return new Refusal("reading the document took longer than " + limit.toMillis() / 1000.0 + " s");
  }
}
