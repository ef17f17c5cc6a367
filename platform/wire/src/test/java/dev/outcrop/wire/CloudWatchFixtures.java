package dev.outcrop.wire;

import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

final class CloudWatchFixtures {
  private CloudWatchFixtures() {}

  static MetricDatum datum(String name, double value) {
    return MetricDatum.builder().metricName(name).value(value).build();
  }
}
