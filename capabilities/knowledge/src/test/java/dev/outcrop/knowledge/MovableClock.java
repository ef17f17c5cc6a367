package dev.outcrop.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, plus what it was moved by. */
final class MovableClock implements InstantSource {
  private volatile Duration moved = Duration.ZERO;

  void move(Duration by) {
    moved = moved.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(moved);
  }
}
