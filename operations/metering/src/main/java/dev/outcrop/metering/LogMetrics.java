package dev.outcrop.metering;

import dev.outcrop.logs.invocations.LogDeliveries;
import dev.outcrop.metering.cloudwatch.Metrics;
import dev.outcrop.metering.prometheus.PrometheusMetrics;
import java.util.Locale;

/**
 * Counts what becomes of the invocation log's records, in Bedrock's own metrics on it and in
 * Prometheus's. Records that a full queue dropped are failures, which Prometheus tells apart.
 */
record LogMetrics(Metrics cloudwatch, PrometheusMetrics prometheus) implements LogDeliveries {

  @Override
  public void count(
      String account, String region, Destination destination, Result result, int records) {
    String metric =
        switch (destination) {
          case LOG_GROUP -> "ModelInvocationLogsCloudWatchDelivery";
          case BUCKET -> "ModelInvocationLogsS3Delivery";
          case LARGE_DATA -> "ModelInvocationLargeDataS3Delivery";
        };
    cloudwatch.count(
        account, region, metric + (result == Result.DELIVERED ? "Success" : "Failure"), records);
    prometheus.countLogRecords(
        destination.name().toLowerCase(Locale.ROOT),
        result.name().toLowerCase(Locale.ROOT),
        records);
  }
}
