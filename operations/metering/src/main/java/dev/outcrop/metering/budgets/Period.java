package dev.outcrop.metering.budgets;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** How long a budget lasts before it begins anew, in UTC. */
public enum Period {
  DAY,
  MONTH,
  TOTAL;

  Instant start(Instant time) {
    LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
    return switch (this) {
      case DAY -> start(day);
      case MONTH -> start(day.withDayOfMonth(1));
      case TOTAL -> Instant.EPOCH;
    };
  }

  /** Null: it never begins anew. */
  Instant end(Instant time) {
    LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
    return switch (this) {
      case DAY -> start(day.plusDays(1));
      case MONTH -> start(day.with(TemporalAdjusters.firstDayOfNextMonth()));
      case TOTAL -> null;
    };
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
