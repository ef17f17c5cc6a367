package dev.outcrop.metering.ledger;

import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * One call as the ledger keeps it. Times in milliseconds; the cost in billionths of a dollar,
 * without what has no known price; empty text stands for none.
 */
record LedgerRow(
    long started,
    String requestId,
    String account,
    String region,
    String key,
    String profile,
    String operation,
    String asked,
    String served,
    Usage usage,
    long cost,
    boolean unpriced,
    long latency,
    long firstToken,
    String failure,
    String stopReason) {

  static LedgerRow of(ModelCall call, Outcome outcome) {
    CatalogueEntry served = outcome.servedBy() == null ? call.entry() : outcome.servedBy();
    return new LedgerRow(
        call.start().toEpochMilli(),
        call.requestId(),
        call.account(),
        call.region(),
        call.key(),
        Objects.requireNonNullElse(call.profile(), ""),
        call.operation(),
        call.modelId(),
        served.id(),
        outcome.usage(),
        Cost.nanoDollars(served.prices(), outcome.usage()),
        !Cost.isKnown(outcome, served),
        outcome.latencyMillis(),
        outcome.firstTokenMillis(),
        outcome.failure() == null ? "" : FailureCode.of(outcome.failure()),
        Objects.requireNonNullElse(outcome.stopReason(), ""));
  }

  /** The day in UTC. */
  long epochDay() {
    return Math.floorDiv(started, 86_400_000L);
  }

  static long epochDay(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }
}
