package dev.outcrop.metering;

import dev.outcrop.logs.invocations.LogDeliveries;
import dev.outcrop.metering.budgets.BudgetSettings;
import dev.outcrop.metering.budgets.Budgets;
import dev.outcrop.metering.cloudwatch.Metrics;
import dev.outcrop.metering.ledger.Ledger;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.metering.prometheus.PrometheusMetrics;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.HttpHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that counts calls of models: the ledger, budgets, CloudWatch's and Prometheus's metrics, over
 * one database file.
 */
public final class Metering implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metering.class);

  private final Database database;
  private final Checkpoints checkpoints;
  private final Ledger ledger;
  private final UsageReport usage;
  private final Budgets budgets;
  private final Metrics metrics;
  private final PrometheusMetrics prometheus = new PrometheusMetrics();
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metering").factory());
  private volatile MeteringSettings settings;

  /**
   * Opens the file, made when absent.
   *
   * @param models the entries of ids, by the newest configuration; for fall-backs
   * @param budgets by name
   */
  public Metering(
      Path file,
      InstantSource clock,
      Function<String, Optional<CatalogueEntry>> models,
      MeteringSettings settings,
      Map<String, BudgetSettings> budgets) {
    this.settings = settings;
    this.database = MeteringDatabase.open(file);
    this.checkpoints = new Checkpoints(file);
    this.ledger = new Ledger(database, clock);
    this.usage = new UsageReport(database);
    this.budgets = new Budgets(usage, clock, models, budgets);
    this.metrics = new Metrics(database, clock);
    housekeeping.scheduleWithFixedDelay(() -> quietly(this::write), 1, 1, TimeUnit.SECONDS);
    housekeeping.scheduleWithFixedDelay(() -> quietly(this::forget), 1, 60, TimeUnit.MINUTES);
  }

  /** The lines of a report from the file of a home that no process uses; none without one. */
  public static List<UsageReport.Line> usage(Path file, UsageReport.By by, LocalDate since) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Database database = MeteringDatabase.open(file)) {
      return new UsageReport(database).lines(by, since);
    }
  }

  private void write() {
    metrics.flush();
    checkpoints.run();
  }

  private void forget() {
    ledger.forget(settings.keepCalls());
    metrics.rollUp();
  }

  /** The next round tries again. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("Housekeeping of the ledger and the metrics failed", e);
    }
  }

  /** Takes new settings; spent amounts stay. */
  public void configure(MeteringSettings next, Map<String, BudgetSettings> nextBudgets) {
    settings = next;
    budgets.configure(nextBudgets);
  }

  /** In the order in which calls are to be watched: what refuses comes behind what records. */
  public List<CallObserver> observers() {
    return List.of(ledger, metrics.calls(), prometheus, budgets);
  }

  /** Counts what becomes of the invocation log's records. */
  public LogDeliveries logDeliveries() {
    return new LogMetrics(metrics, prometheus);
  }

  /** CloudWatch's operations on metrics. */
  public Metrics metrics() {
    return metrics;
  }

  /** Answers {@code GET /_outcrop/metrics}. */
  public HttpHandler prometheus() {
    return prometheus;
  }

  public UsageReport usage() {
    return usage;
  }

  @Override
  public void close() {
    housekeeping.shutdown();
    try {
      if (!housekeeping.awaitTermination(10, TimeUnit.SECONDS)) {
        housekeeping.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    quietly(metrics::flush);
    prometheus.close();
    checkpoints.close();
    database.close();
  }
}
