package dev.outcrop.metering.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** GetMetricData: queries, expressions, pages. */
class MetricMathTest extends MetricsFixture {
  private List<Double> compute(String expression) {
    put("A", minute(0), 1.0);
    put("A", minute(1), 2.0);
    put("A", minute(3), 4.0);
    put("B", minute(1), 10.0);
    put("B", minute(3), 0.0);
    return data(
            metric("m1", "A", "Sum", 60),
            metric("m2", "B", "Sum", 60),
            MetricDataQuery.builder().id("e1").expression(expression).build())
        .metricDataResults()
        .getFirst()
        .values();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m1 | 1,2,4",
        "m1 + m2 | 12,4",
        "m1+1 | 2,3,5",
        "-m1 * 2 ^ 2 | -4,-8,-16",
        "(m1 - 1) / 2 | 0,0.5,1.5",
        "m1 / m2 | 0.2", // a division by zero has no data point
        "SUM([m1, m2]) | 1,12,4",
        "SUM(METRICS()) | 1,12,4",
        "AVG([m1,m2]) | 1,6,2",
        "MIN([m1,m2]) | 1,2,0",
        "MAX([m1,m2]) | 1,10,4",
        "m1 / SUM(m1) | 0.14285714285714285,0.2857142857142857,0.5714285714285714",
        "m1 * PERIOD(m1) | 60,120,240",
        "FILL(m1, 0) | 1,2,0,4,0",
        "FILL(m1, REPEAT) | 1,2,2,4,4",
        "FILL(m1, LINEAR) | 1,2,3,4",
        "FILL(m2, m1) | 1,10,0",
        "IF(m1 > 1, m1) | 2,4",
        "IF(m1 >= 2 AND m1 != 4, m2, -1) | -1,10,-1",
        "DIFF(m1) | 1,2",
        "RATE(m1) * 60 | 1,1",
        "ABS(m1 - 3) | 2,1,1",
        "CEIL(m1 / 3) + FLOOR(m1 / 3) | 1,1,3",
      })
  void computes(String expression, String expected) {
    assertThat(compute(expression))
        .containsExactlyElementsOf(
            Arrays.stream(expected.split(",")).map(Double::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m1 +",
        "m3",
        "SUM(m1)",
        "SUM(m1",
        "m1 m2",
        "SEARCH('{App} A', 'Sum', 60)",
        "SELECT AVG(A) FROM App",
        "ANOMALY_DETECTION_BAND(m1)",
        "e1 + 1",
        "[m1,m2] + [m1,m2]",
        "1.2.3 * m1",
        "SUM(m1, m2)",
        "5"
      })
  void refusesExpressionsThatItCannotCompute(String expression) {
    assertThatThrownBy(() -> compute(expression))
        .isInstanceOf(InvalidParameterValueException.class);
  }

  @Test
  void refusesExpressionsWithoutEnd() {
    assertThatThrownBy(() -> compute("(".repeat(2000))).isInstanceOf(CloudWatchException.class);
    assertThatThrownBy(() -> compute("-".repeat(2000))).isInstanceOf(CloudWatchException.class);
  }

  @Test
  void returnsArraysAsSeveralResultsAndPagesThroughThem() {
    for (int m = 0; m < 5; m++) {
      put("A", minute(m), 1.0 * m);
      put("B", minute(m), 10.0 * m);
    }
    MetricDataQuery array = MetricDataQuery.builder().id("e1").expression("METRICS() * 2").build();
    List<Double> all = new ArrayList<>();
    String token = null;
    int pages = 0;
    do {
      String next = token;
      var page =
          cloudwatch.getMetricData(
              g ->
                  g.startTime(minute(0))
                      .endTime(minute(5))
                      .maxDatapoints(3)
                      .nextToken(next)
                      .metricDataQueries(
                          metric("m1", "A", "Maximum", 60),
                          metric("m2", "B", "Maximum", 60),
                          array));
      assertThat(page.metricDataResults()).hasSize(2);
      page.metricDataResults().forEach(result -> all.addAll(result.values()));
      token = page.nextToken();
      pages++;
    } while (token != null);
    assertThat(pages).isEqualTo(4);
    assertThat(all).containsExactly(8.0, 6.0, 4.0, 2.0, 0.0, 80.0, 60.0, 40.0, 20.0, 0.0);
    assertThatThrownBy(
            () ->
                cloudwatch.getMetricData(
                    g ->
                        g.startTime(minute(0))
                            .endTime(minute(5))
                            .nextToken("forged")
                            .metricDataQueries(metric("m1", "A", "Sum", 60))))
        .isInstanceOf(InvalidNextTokenException.class);
  }
}
