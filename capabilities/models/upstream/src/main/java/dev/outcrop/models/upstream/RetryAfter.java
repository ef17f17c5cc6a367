package dev.outcrop.models.upstream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a service asks to wait. The first that is there counts: {@code retry-after-ms}, {@code
 * Retry-After} in seconds or as a date, then the resets of the limits that have nothing left
 * ({@code x-ratelimit-reset-requests} and {@code -tokens} as {@code 6m0s}, as seconds or as the
 * time of an epoch; {@code anthropic-ratelimit-…-reset} as RFC 3339).
 */
final class RetryAfter {

  private static final long SECOND = 1_000_000_000L;
  private static final Pattern GO_DURATION =
      Pattern.compile(
          "(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+(?:\\.\\d+)?)ms)?");
  private static final String[][] LIMITS = {
    {"x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"},
    {"x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"},
    {"x-ratelimit-remaining", "x-ratelimit-reset"},
    {"anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"},
    {"anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"},
    {"anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"},
    {"anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"},
  };

  private RetryAfter() {}

  /**
   * Nanoseconds to wait; -1 when nothing is said or it can't be read.
   *
   * @param headers a header's value by name, null without one
   */
  static long nanos(UnaryOperator<String> headers, Instant now) {
    long millis = number(headers.apply("retry-after-ms"), SECOND / 1000);
    if (millis >= 0) {
      return millis;
    }
    long after = moment(headers.apply("retry-after"), now);
    if (after >= 0) {
      return after;
    }
    long longest = -1;
    for (String[] limit : LIMITS) {
      String remaining = headers.apply(limit[0]);
      if (remaining != null && remaining.strip().equals("0")) {
        longest = Math.max(longest, moment(headers.apply(limit[1]), now));
      }
    }
    return longest;
  }

  private static long moment(String text, Instant now) {
    if (text == null || text.isBlank()) {
      return -1;
    }
    String value = text.strip();
    long seconds = number(value, SECOND);
    if (seconds >= 0) {
      return epoch(value, seconds, now);
    }
    Matcher duration = GO_DURATION.matcher(value);
    if (duration.matches()) {
      return (long)
          (part(duration, 1, 3600)
              + part(duration, 2, 60)
              + part(duration, 3, 1)
              + part(duration, 4, .001));
    }
    return date(value, now);
  }

  /** Numbers that would be years are times since 1970, in seconds or milliseconds. */
  private static long epoch(String value, long seconds, Instant now) {
    double number = Double.parseDouble(value);
    if (number < 1e9) {
      return seconds;
    }
    Instant then = Instant.ofEpochMilli((long) (number < 1e11 ? number * 1000 : number));
    return until(then, now);
  }

  private static long date(String value, Instant now) {
    try {
      return until(
          value.contains(",")
              ? ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
              : ZonedDateTime.parse(value).toInstant(),
          now);
    } catch (DateTimeException e) {
      return -1;
    }
  }

  private static long until(Instant then, Instant now) {
    long millis = then.toEpochMilli() - now.toEpochMilli();
    return Math.clamp(millis, 0, Long.MAX_VALUE / SECOND) * (SECOND / 1000);
  }

  private static double part(Matcher duration, int group, double seconds) {
    return duration.group(group) == null
        ? 0
        : Double.parseDouble(duration.group(group)) * seconds * SECOND;
  }

  /** A plain number; -1 when it is none. */
  private static long number(String text, long unit) {
    try {
      double value = text == null ? -1 : Double.parseDouble(text.strip());
      return value >= 0 ? (long) Math.min(value * unit, (double) Long.MAX_VALUE) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
