package dev.outcrop.metering.prometheus;

import dev.outcrop.metering.ledger.Cost;
import dev.outcrop.metering.ledger.FailureCode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls of models since the start of the process, by model and key, for {@code GET
 * /_outcrop/metrics}: calls by outcome, tokens by kind, images, dollars, and histograms of the
 * latency and of the time to the first token; and what became of the records of the invocation log.
 */
public final class PrometheusMetrics implements CallObserver, HttpHandler, AutoCloseable {
  /** Pairs of model and key with meters of their own; all others share one. */
  private static final int MOST = 1_000;

  private static final double NANOS = 1e9;
  private static final String OTHERS = "(others)";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Of, Meters> meters = new ConcurrentHashMap<>();

  private record Of(String model, String key) {}

  /** The meters of a model and key. */
  private record Meters(
      Of of,
      Map<String, Counter> calls,
      Counter input,
      Counter output,
      Counter cacheRead,
      Counter cacheWrite,
      Counter images,
      Counter cost,
      Timer latency,
      Timer firstToken) {}

  @Override
  public Watch begin(ModelCall call) {
    return outcome -> count(call, outcome);
  }

  private void count(ModelCall call, Outcome outcome) {
    CatalogueEntry served = outcome.servedBy() == null ? call.entry() : outcome.servedBy();
    Meters all = meters(new Of(served.id(), call.key()));
    String failure = outcome.failure() == null ? "none" : FailureCode.of(outcome.failure());
    all.calls().computeIfAbsent(failure, error -> calls(all.of(), error)).increment();
    all.input().increment(outcome.usage().input());
    all.output().increment(outcome.usage().output());
    all.cacheRead().increment(outcome.usage().cacheRead());
    all.cacheWrite().increment(outcome.usage().cacheWrite());
    all.images().increment(outcome.usage().images());
    all.cost().increment(Cost.nanoDollars(served.prices(), outcome.usage()) / NANOS);
    if (outcome.failure() == null) {
      all.latency().record(Duration.ofMillis(outcome.latencyMillis()));
      if (outcome.firstTokenMillis() >= 0) {
        all.firstToken().record(Duration.ofMillis(outcome.firstTokenMillis()));
      }
    }
  }

  /** Clients name models and keys as they like when nothing is configured; memory is bounded. */
  private Meters meters(Of of) {
    Meters known = meters.get(of);
    if (known != null) {
      return known;
    }
    Of kept = meters.size() < MOST ? of : new Of(OTHERS, OTHERS);
    return meters.computeIfAbsent(kept, this::make);
  }

  /** Counts records of the invocation log, by where they went and what became of them. */
  public void countLogRecords(String destination, String result, int records) {
    registry
        .counter("outcrop.invocation.log.records", "destination", destination, "result", result)
        .increment(records);
  }

  /** How many pairs of model and key have meters. */
  int pairs() {
    return meters.size();
  }

  private Meters make(Of of) {
    return new Meters(
        of,
        new ConcurrentHashMap<>(),
        tokens(of, "input"),
        tokens(of, "output"),
        tokens(of, "cache_read"),
        tokens(of, "cache_write"),
        counter(of, "outcrop.model.images", "Images made."),
        counter(of, "outcrop.model.cost.dollars", "What the calls cost, in US dollars."),
        timer(of, "outcrop.model.latency", "From request to end, of calls that succeeded."),
        timer(of, "outcrop.model.first.token", "From request to the first piece of a stream."));
  }

  private Counter calls(Of of, String error) {
    return Counter.builder("outcrop.model.calls")
        .description("Calls of models, by the code of their error.")
        .tags("model", of.model(), "key", of.key(), "error", error)
        .register(registry);
  }

  private Counter tokens(Of of, String kind) {
    return Counter.builder("outcrop.model.tokens")
        .description("Tokens, by kind.")
        .tags("model", of.model(), "key", of.key(), "kind", kind)
        .register(registry);
  }

  private Counter counter(Of of, String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tags("model", of.model(), "key", of.key())
        .register(registry);
  }

  private Timer timer(Of of, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .tags("model", of.model(), "key", of.key())
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120))
        .register(registry);
  }

  /** Answers GET with all meters. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
    Map<String, List<String>> headers =
        Map.of(
            "content-type",
            List.of("text/plain; version=0.0.4; charset=utf-8"),
            "content-length",
            List.of(Integer.toString(text.length)));
    try (OutputStream out = exchange.respond(200, headers)) {
      out.write(text);
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
