package dev.outcrop.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.config.Configuration;
import dev.outcrop.config.Setting;
import dev.outcrop.config.Sources;
import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.logs.invocations.LogDeliveries;
import dev.outcrop.logs.invocations.LogDeliveries.Destination;
import dev.outcrop.logs.invocations.LogDeliveries.Result;
import dev.outcrop.metering.budgets.BudgetSettings;
import dev.outcrop.metering.budgets.Period;
import dev.outcrop.metering.ledger.UsageJson;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** All observers together, as the server puts them together. */
class MeteringTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final CatalogueEntry CLAUDE = Calls.chat("claude", Calls.PRICES);

  @TempDir private Path folder;

  private Metering open() {
    return new Metering(
        folder.resolve("metering.db"),
        new TestClock(NOON),
        id -> Optional.empty(),
        MeteringSettings.defaults(),
        Map.of(
            "team-a",
            new BudgetSettings(
                Optional.of("team-a"), Optional.empty(), Optional.of("0.01"), 0, Period.DAY)));
  }

  /** As the inference does: whoever began is ended, with the refusal when there is one. */
  private static void call(List<CallObserver> observers) {
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    List<CallObserver.Watch> watches = new ArrayList<>();
    try {
      observers.forEach(observer -> watches.add(observer.begin(call)));
    } catch (RuntimeException refusal) {
      watches.forEach(watch -> watch.end(Calls.failed(call, refusal)));
      throw refusal;
    }
    watches.forEach(watch -> watch.end(Calls.done(call, 1000, 100)));
  }

  @Test
  void recordsRefusalsAndGoesOnAfterARestart() {
    try (Metering metering = open()) {
      call(metering.observers());
      call(metering.observers());
      assertThatThrownBy(() -> call(metering.observers()))
          .isInstanceOf(ServiceQuotaExceededException.class);
    }
    try (Metering metering = open()) {
      assertThatThrownBy(() -> call(metering.observers()))
          .isInstanceOf(ServiceQuotaExceededException.class);
      var line = metering.usage().lines(UsageReport.By.KEY, LocalDate.EPOCH).getFirst();
      assertThat(line.calls()).isEqualTo(4);
      assertThat(line.failures()).isEqualTo(2);
      assertThat(line.nanoDollars()).isEqualTo(9_000_000);
      assertThat(UsageJson.read(UsageJson.write(List.of(line)))).containsExactly(line);
    }
    assertThat(Metering.usage(folder.resolve("metering.db"), UsageReport.By.MODEL, LocalDate.EPOCH))
        .extracting(UsageReport.Line::name)
        .containsExactly("claude");
    assertThat(Metering.usage(folder.resolve("no.db"), UsageReport.By.DAY, LocalDate.EPOCH))
        .isEmpty();
  }

  @Test
  void countsWhatBecomesOfLogRecords() throws Exception {
    try (Metering metering = open();
        HttpServer server = HttpServer.start(HttpSettings.defaults(), metering.prometheus());
        HttpClient http = HttpClient.newHttpClient()) {
      LogDeliveries deliveries = metering.logDeliveries();
      BiConsumer<Destination, Result> three =
          (to, result) -> deliveries.count("000000000000", "us-east-1", to, result, 3);
      three.accept(Destination.LOG_GROUP, Result.DELIVERED);
      three.accept(Destination.BUCKET, Result.FAILED);
      three.accept(Destination.BUCKET, Result.DROPPED);
      three.accept(Destination.LARGE_DATA, Result.DELIVERED);
      deliveries.count(
          "000000000000", "eu-west-1", Destination.LARGE_DATA, Result.FAILED, 1); // not here
      CloudWatchClient cloudwatch =
          LocalClients.create(CloudWatchClient.class, Capabilities.of(metering.metrics()));
      Map<String, Double> sums = new TreeMap<>();
      cloudwatch
          .listMetrics(l -> l.namespace("AWS/Bedrock"))
          .metrics()
          .forEach(metric -> sums.put(metric.metricName(), sum(cloudwatch, metric)));
      assertThat(sums)
          .isEqualTo(
              Map.of(
                  "ModelInvocationLogsCloudWatchDeliverySuccess", 3.0,
                  "ModelInvocationLogsS3DeliveryFailure", 6.0,
                  "ModelInvocationLargeDataS3DeliverySuccess", 3.0));
      assertThat(
              http.send(
                      HttpRequest.newBuilder(server.endpoint()).build(),
                      HttpResponse.BodyHandlers.ofLines())
                  .body())
          .contains(
              "outcrop_invocation_log_records_total{destination=\"bucket\",result=\"failed\"} 3.0",
              "outcrop_invocation_log_records_total{destination=\"bucket\",result=\"dropped\"}"
                  + " 3.0");
    }
  }

  private static double sum(CloudWatchClient cloudwatch, Metric metric) {
    assertThat(metric.dimensions()).isEmpty();
    return cloudwatch
        .getMetricStatistics(
            g ->
                g.namespace(metric.namespace())
                    .metricName(metric.metricName())
                    .startTime(NOON.minusSeconds(60))
                    .endTime(NOON.plusSeconds(60))
                    .period(60)
                    .statistics(Statistic.SUM))
        .datapoints()
        .getFirst()
        .sum();
  }

  @Test
  void holdsKeysToTheirModels() {
    ModelPermissions some =
        new ModelPermissions((key, ids) -> List.of(ids).contains("anthropic.claude-3"));
    ModelPermissions none = new ModelPermissions((key, ids) -> false);
    ModelCall call = Calls.call(Calls.chat("us.anthropic.claude-3", Calls.PRICES), "team-a", NOON);
    some.begin(call);
    assertThatThrownBy(() -> none.begin(call))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("us.anthropic.claude-3");
  }

  /** The part of the configuration that is this module's. */
  record Settings(
      @Setting(doc = "Metering.") MeteringSettings metering,
      @Setting(doc = "Budgets.") Map<String, BudgetSettings> budgets) {}

  @Test
  void isConfigured() {
    Settings settings =
        Configuration.of(Settings.class)
            .load(
                Sources.of(
                    new dev.outcrop.config.Home(folder),
                    Map.of(),
                    Map.of(
                        "budgets.a.key", "team-a",
                        "budgets.a.usd", "12.50",
                        "metering.keep-calls", "7d")));
    assertThat(settings.metering().keepCalls()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.budgets().get("a"))
        .isEqualTo(
            new BudgetSettings(
                Optional.of("team-a"), Optional.empty(), Optional.of("12.50"), 0, Period.MONTH));
    assertThatThrownBy(
            () ->
                new BudgetSettings(
                    Optional.empty(), Optional.empty(), Optional.of("ten"), 0, Period.DAY))
        .hasMessageContaining("12.50");
    assertThatThrownBy(
            () ->
                new BudgetSettings(
                    Optional.empty(), Optional.empty(), Optional.empty(), 0, Period.DAY))
        .hasMessageContaining("usd or tokens");
  }
}
