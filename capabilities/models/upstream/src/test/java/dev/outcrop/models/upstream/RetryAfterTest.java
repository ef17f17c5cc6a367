package dev.outcrop.models.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static long millis(String... headers) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    long nanos = RetryAfter.nanos(map::get, NOW);
    return nanos < 0 ? -1 : Duration.ofNanos(nanos).toMillis();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3|3000",
        "0|0",
        "0.25|250",
        "Sun, 01 Mar 2026 12:00:07 GMT|7000",
        "Sun, 01 Mar 2026 11:00:00 GMT|0",
        "soon|-1",
        "-4|-1",
        "1e400|9223372036",
      })
  void readsRetryAfter(String value, long expected) {
    assertThat(millis("retry-after", value)).isEqualTo(expected);
  }

  @Test
  void prefersMilliseconds() {
    assertThat(millis("retry-after", "9", "retry-after-ms", "1500")).isEqualTo(1500);
  }

  @ParameterizedTest
  @CsvSource({
    "1s,1000",
    "6m0s,360000",
    "250ms,250",
    "1m2.5s,62500",
    "12,12000",
    "2026-03-01T12:00:03Z,3000",
    "1772366405,5000",
    "1772366405000,5000",
  })
  void readsResetsOfLimits(String value, long expected) {
    assertThat(millis("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", value))
        .isEqualTo(expected);
  }

  @Test
  void countsLimitsWithNothingLeftOnly() {
    assertThat(
            millis(
                "x-ratelimit-remaining-requests", "10",
                "x-ratelimit-reset-requests", "9s",
                "x-ratelimit-remaining-tokens", "0",
                "x-ratelimit-reset-tokens", "2s"))
        .isEqualTo(2000);
    assertThat(millis("x-ratelimit-remaining-requests", "1", "x-ratelimit-reset-requests", "9s"))
        .isEqualTo(-1);
    assertThat(millis()).isEqualTo(-1);
  }
}
