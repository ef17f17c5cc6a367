package dev.outcrop.metering;

import dev.outcrop.config.Setting;
import java.time.Duration;

/** The {@code metering:} part of the configuration. */
public record MeteringSettings(
    @Setting(
            doc = "How long each call is kept; what a day comes to is kept for good.",
            value = "90d")
        Duration keepCalls) {

  public MeteringSettings {
    if (keepCalls != null && keepCalls.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("keep-calls must be at least 1d");
    }
  }

  /** Nothing configured. */
  public static MeteringSettings defaults() {
    return new MeteringSettings(Duration.ofDays(90));
  }
}
