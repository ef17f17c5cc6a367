package dev.outcrop.metering.cloudwatch;

import java.time.Duration;
import java.time.Instant;

/** How CloudWatch rounds times and which periods it takes. */
final class MetricTime {
  private static final int MINUTE = 60;
  private static final int LONGEST = 86_400;

  private MetricTime() {}

  /** The last multiple of so many seconds that is not after a time in milliseconds. */
  static long down(long millis, int seconds) {
    long step = seconds * 1000L;
    return Math.floorDiv(millis, step) * step;
  }

  /** The start of a request, rounded down to what is still kept of that time. */
  static long start(Instant start, Instant now, int period) {
    Duration age = Duration.between(start, now);
    int step =
        age.compareTo(Duration.ofDays(63)) > 0
            ? 3600
            : age.compareTo(Duration.ofDays(15)) > 0 ? 300 : Math.min(MINUTE, period);
    return down(start.toEpochMilli(), step);
  }

  /** Refuses periods that CloudWatch has none of. */
  static int period(Integer period) {
    if (period == null) {
      throw Errors.missing("Period");
    }
    boolean fine = period == 1 || period == 5 || period == 10 || period == 20 || period == 30;
    if (!fine && (period <= 0 || period % MINUTE != 0 || period > LONGEST)) {
      throw Errors.invalid(
          "Period must be 1, 5, 10, 20, 30 or a multiple of 60, up to 86400 seconds: " + period);
    }
    return period;
  }

  static void range(Instant start, Instant end) {
    if (start == null || end == null) {
      throw Errors.missing(start == null ? "StartTime" : "EndTime");
    }
    if (!start.isBefore(end)) {
      throw Errors.invalid("The parameter StartTime must be less than the parameter EndTime.");
    }
  }
}
