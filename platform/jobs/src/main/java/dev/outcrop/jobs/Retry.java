package dev.outcrop.jobs;

import java.time.Duration;

/**
 * How often and when to try again; each pause is twice the one before.
 *
 * @param tries in all, at least 1
 * @param first pause
 * @param longest pause
 */
public record Retry(int tries, Duration first, Duration longest) {

  /** Five tries over about half a minute. */
  public static final Retry STANDARD = new Retry(5, Duration.ofSeconds(2), Duration.ofMinutes(5));

  public static final Retry NEVER = new Retry(1, Duration.ZERO, Duration.ZERO);

  public Retry {
    if (tries < 1 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("not a retry policy: " + tries + first + longest);
    }
  }

  /** The pause after this many failures, at least one. */
  Duration pause(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 30));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
