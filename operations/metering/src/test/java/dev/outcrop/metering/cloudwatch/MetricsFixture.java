package dev.outcrop.metering.cloudwatch;

import dev.outcrop.metering.Databases;
import dev.outcrop.metering.TestClock;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Metrics over an empty database at noon, and a client of them. */
abstract class MetricsFixture {
  static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  @TempDir Path folder;
  final TestClock clock = new TestClock(NOON);
  Database database;
  Metrics metrics;
  CloudWatchClient cloudwatch;

  @BeforeEach
  void open() {
    database = Databases.open(folder.resolve("metering.db"));
    metrics = new Metrics(database, clock);
    cloudwatch = LocalClients.create(CloudWatchClient.class, Capabilities.of(metrics));
  }

  @AfterEach
  void close() {
    database.close();
  }

  void put(String name, Instant time, Double... values) {
    put(datum -> datum.metricName(name).timestamp(time).values(values));
  }

  void put(Consumer<MetricDatum.Builder> datum) {
    MetricDatum.Builder builder = MetricDatum.builder();
    datum.accept(builder);
    cloudwatch.putMetricData(p -> p.namespace("App").metricData(builder.build()));
  }

  static Instant minute(int minute) {
    return NOON.minus(Duration.ofHours(1)).plus(Duration.ofMinutes(minute));
  }

  GetMetricStatisticsResponse statistics(String name, int period, String... extended) {
    return cloudwatch.getMetricStatistics(
        g ->
            g.namespace("App")
                .metricName(name)
                .startTime(minute(0))
                .endTime(NOON)
                .period(period)
                .statistics(Statistic.knownValues())
                .extendedStatistics(extended.length == 0 ? null : Arrays.asList(extended)));
  }

  static MetricDataQuery metric(String id, String name, String stat, int period) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            m -> m.stat(stat).period(period).metric(x -> x.namespace("App").metricName(name)))
        .build();
  }

  GetMetricDataResponse data(MetricDataQuery... queries) {
    return cloudwatch.getMetricData(
        g ->
            g.startTime(minute(0))
                .endTime(minute(5))
                .scanBy("TimestampAscending")
                .metricDataQueries(queries));
  }
}
