package dev.outcrop.metering.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outcrop.metering.Calls;
import dev.outcrop.models.calls.ModelCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class MetricsTest extends MetricsFixture {
  @Test
  void addsUpValuesByPeriod() {
    put("Latency", minute(1), 1.0, 2.0, 3.0);
    put("Latency", minute(1).plusSeconds(30), 10.0);
    put("Latency", minute(7), 5.0);
    put(d -> d.metricName("Latency").timestamp(minute(7)).values(7.0, 8.0).counts(2.0, 3.0));
    List<Datapoint> points = sorted(statistics("Latency", 300, "p50", "p100"));
    assertThat(points).hasSize(2);
    assertThat(points.getFirst())
        .returns(minute(0), Datapoint::timestamp)
        .returns(4.0, Datapoint::sampleCount)
        .returns(16.0, Datapoint::sum)
        .returns(4.0, Datapoint::average)
        .returns(1.0, Datapoint::minimum)
        .returns(10.0, Datapoint::maximum)
        .returns("None", Datapoint::unitAsString);
    assertThat(points.getFirst().extendedStatistics())
        .containsEntry("p50", 2.0)
        .containsEntry("p100", 10.0);
    assertThat(points.getLast().sampleCount()).isEqualTo(6);
    assertThat(points.getLast().sum()).isEqualTo(43);
    assertThat(sorted(statistics("Latency", 60))).hasSize(2);
    assertThat(statistics("Other", 60).datapoints()).isEmpty();
  }

  private static List<Datapoint> sorted(GetMetricStatisticsResponse response) {
    List<Datapoint> points = new ArrayList<>(response.datapoints());
    points.sort(java.util.Comparator.comparing(Datapoint::timestamp));
    return points;
  }

  @Test
  void percentilesOfManyValuesAreRightToAPercent() {
    List<Double> values =
        new ArrayList<>(IntStream.rangeClosed(1, 9_000).mapToObj(Double::valueOf).toList());
    Collections.shuffle(values, new java.util.Random(5));
    for (int i = 0; i < values.size(); i += 150) {
      put("Many", minute(3), values.subList(i, i + 150).toArray(Double[]::new));
    }
    Datapoint point = statistics("Many", 3600, "p50", "p99", "p99.9").datapoints().getFirst();
    assertThat(point.sampleCount()).isEqualTo(9_000);
    assertThat(point.extendedStatistics().get("p50")).isCloseTo(4_500, within(45.0));
    assertThat(point.extendedStatistics().get("p99")).isCloseTo(8_910, within(90.0));
    assertThat(point.extendedStatistics().get("p99.9")).isCloseTo(8_991, within(90.0));
  }

  @Test
  void knowsNoPercentilesOfStatisticSets() {
    put(
        d ->
            d.metricName("Set")
                .timestamp(minute(1))
                .statisticValues(s -> s.sampleCount(4.0).sum(10.0).minimum(1.0).maximum(5.0)));
    put("Set", minute(1), 2.0);
    Datapoint point = statistics("Set", 60, "p50").datapoints().getFirst();
    assertThat(point.sum()).isEqualTo(12);
    assertThat(point.extendedStatistics()).isEmpty();
  }

  @Test
  void keepsUnitsAndDimensionsApart() {
    put(d -> d.metricName("Size").timestamp(minute(1)).value(1.0).unit("Bytes"));
    put(d -> d.metricName("Size").timestamp(minute(1)).value(2.0).unit("Count"));
    put(
        d ->
            d.metricName("Size")
                .timestamp(minute(1))
                .value(3.0)
                .dimensions(x -> x.name("Host").value("a")));
    assertThat(statistics("Size", 60).datapoints())
        .extracting(Datapoint::sum)
        .containsExactlyInAnyOrder(1.0, 2.0);
    var bytes =
        cloudwatch.getMetricStatistics(
            g ->
                g.namespace("App")
                    .metricName("Size")
                    .startTime(minute(0))
                    .endTime(NOON)
                    .period(60)
                    .unit("Bytes")
                    .statistics(Statistic.SUM));
    assertThat(bytes.datapoints()).extracting(Datapoint::sum).containsExactly(1.0);
  }

  @Test
  void listsMetricsInPagesByWhatTheyAre() {
    for (int i = 0; i < 620; i++) {
      String host = "host-" + i;
      put(
          d ->
              d.metricName("Load")
                  .value(1.0)
                  .dimensions(x -> x.name("Host").value(host), x -> x.name("Zone").value("a")));
    }
    put(d -> d.metricName("Old").value(1.0).timestamp(NOON.minus(Duration.ofHours(5))));
    assertThat(cloudwatch.listMetricsPaginator(l -> l.namespace("App")).metrics()).hasSize(621);
    assertThat(cloudwatch.listMetrics(l -> l.namespace("App")).metrics()).hasSize(500);
    assertThat(
            cloudwatch
                .listMetrics(l -> l.dimensions(d -> d.name("Host").value("host-7")))
                .metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.dimensions()).hasSize(2));
    assertThat(cloudwatch.listMetrics(l -> l.dimensions(d -> d.name("Nope"))).metrics()).isEmpty();
    assertThat(cloudwatch.listMetrics(l -> l.metricName("Old")).metrics()).hasSize(1);
    assertThat(cloudwatch.listMetrics(l -> l.metricName("Old").recentlyActive("PT3H")).metrics())
        .isEmpty();
    clock.pass(Duration.ofDays(15));
    assertThat(cloudwatch.listMetrics(l -> l.namespace("App")).metrics()).isEmpty();
  }

  @Test
  void refusesWhatCloudWatchRefuses() {
    assertThatThrownBy(
            () ->
                cloudwatch.putMetricData(
                    p -> p.namespace("AWS/Bedrock").metricData(d -> d.metricName("X").value(1.0))))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(() -> put(d -> d.metricName("X")))
        .isInstanceOf(InvalidParameterCombinationException.class);
    assertThatThrownBy(() -> put(d -> d.metricName("X").value(Double.NaN)))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(
            () -> put(d -> d.metricName("X").value(1.0).timestamp(NOON.minus(Duration.ofDays(15)))))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(() -> put(d -> d.metricName("X").values(1.0, 2.0).counts(1.0)))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(() -> data(metric("m1", "A", "tm90", 60)))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("tm90");
    assertThatThrownBy(() -> data(metric("m1", "A", "Sum", 61)))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(() -> data(metric("M1", "A", "Sum", 60)))
        .isInstanceOf(InvalidParameterValueException.class);
  }

  @Test
  void putsOldPointsTogetherAndKeepsTheirSums() {
    for (int m = 0; m < 60; m++) {
      put("Roll", minute(m), 1.0 * m);
    }
    clock.pass(Duration.ofDays(16));
    metrics.rollUp();
    List<Datapoint> fives = sorted(statistics("Roll", 300, "p50"));
    assertThat(fives).hasSize(12);
    assertThat(fives.getFirst().sum()).isEqualTo(10);
    assertThat(fives.getFirst().extendedStatistics()).containsEntry("p50", 2.0);
    assertThat(statistics("Roll", 60).datapoints()).isEmpty();
    clock.pass(Duration.ofDays(60));
    metrics.rollUp();
    assertThat(sorted(statistics("Roll", 3600)).getFirst().sum()).isEqualTo(1770);
    clock.pass(Duration.ofDays(455));
    metrics.rollUp();
    assertThat(statistics("Roll", 3600).datapoints()).isEmpty();
  }

  @Test
  void countsCallsOfModels() {
    for (int n = 0; n < 10; n++) {
      ModelCall call = Calls.call(Calls.chat("claude", Calls.PRICES), "a", minute(2));
      metrics.calls().begin(call).end(Calls.done(call, 100, 10));
    }
    ModelCall call = Calls.call(Calls.chat("other", Calls.PRICES), "a", minute(2));
    for (Throwable failure :
        List.of(
            ThrottlingException.builder().build(),
            ModelErrorException.builder().build(),
            ValidationException.builder().build())) {
      metrics.calls().begin(call).end(Calls.failed(call, failure));
    }
    assertThat(sum("Invocations", "claude")).isEqualTo(10);
    assertThat(sum("Invocations", null)).isEqualTo(10);
    assertThat(sum("InputTokenCount", "claude")).isEqualTo(1000);
    assertThat(sum("OutputTokenCount", "claude")).isEqualTo(100);
    assertThat(sum("InvocationLatency", "claude")).isEqualTo(120);
    assertThat(sum("TimeToFirstToken", "claude")).isEqualTo(50);
    assertThat(sum("InvocationThrottles", "other")).isEqualTo(1);
    assertThat(sum("InvocationServerErrors", "other")).isEqualTo(1);
    assertThat(sum("InvocationClientErrors", "other")).isEqualTo(1);
    assertThat(cloudwatch.listMetrics(l -> l.namespace("AWS/Bedrock")).metrics())
        .extracting(Metric::metricName)
        .contains("Invocations", "InvocationThrottles");
  }

  private double sum(String name, String model) {
    return cloudwatch
        .getMetricStatistics(
            g -> {
              g.namespace("AWS/Bedrock")
                  .metricName(name)
                  .startTime(minute(0))
                  .endTime(NOON)
                  .period(3600)
                  .statistics(Statistic.SUM);
              if (model != null) {
                g.dimensions(d -> d.name("ModelId").value(model));
              }
            })
        .datapoints()
        .getFirst()
        .sum();
  }
}
