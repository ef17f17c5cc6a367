package dev.outcrop.metering.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;

/** GetMetricStatistics: one metric, several statistics, a datapoint for each period and unit. */
record MetricStatistics(MetricStore store, Instant now) {
  private static final int MOST = 1_440;
  private static final int MOST_EXTENDED = 10;

  GetMetricStatisticsResponse of(GetMetricStatisticsRequest request) {
    MetricTime.range(request.startTime(), request.endTime());
    int period = MetricTime.period(request.period());
    if (request.namespace() == null || request.metricName() == null) {
      throw Errors.missing(request.namespace() == null ? "Namespace" : "MetricName");
    }
    List<Statistic> plain = request.statisticsAsStrings().stream().map(Statistic::parse).toList();
    List<Statistic> extended = request.extendedStatistics().stream().map(Statistic::parse).toList();
    if (plain.isEmpty() && extended.isEmpty()) {
      throw Errors.combination("Must specify either Statistics or ExtendedStatistics.");
    }
    if (extended.size() > MOST_EXTENDED) {
      throw Errors.invalid("ExtendedStatistics can have at most " + MOST_EXTENDED + " members.");
    }
    long from = MetricTime.start(request.startTime(), now, period);
    long to = request.endTime().toEpochMilli();
    if ((to - from) / 1000 / period > MOST) {
      throw Errors.combination(
          "You have requested up to %d datapoints, which exceeds the limit of %d. You may reduce the datapoints requested by increasing Period, or decreasing the time range."
              .formatted((to - from) / 1000 / period, MOST));
    }
    Series series = Series.of(request.namespace(), request.metricName(), request.dimensions());
    List<Datapoint> datapoints = new ArrayList<>();
    Map<String, List<Point>> byUnit =
        store.points(series, from, to, request.unitAsString()).stream()
            .collect(Collectors.groupingBy(Point::unit));
    byUnit.forEach(
        (unit, points) -> {
          SortedMap<Long, Distribution> periods = Periods.of(points, from, period);
          periods.forEach(
              (start, values) -> datapoints.add(datapoint(start, unit, values, plain, extended)));
        });
    return GetMetricStatisticsResponse.builder()
        .label(request.metricName())
        .datapoints(datapoints)
        .build();
  }

  private static Datapoint datapoint(
      long start,
      String unit,
      Distribution values,
      List<Statistic> plain,
      List<Statistic> extended) {
    Datapoint.Builder point = Datapoint.builder().timestamp(Instant.ofEpochMilli(start)).unit(unit);
    for (Statistic statistic : plain) {
      double value = statistic.of().apply(values);
      switch (statistic.name()) {
        case "SampleCount" -> point.sampleCount(value);
        case "Sum" -> point.sum(value);
        case "Average" -> point.average(value);
        case "Minimum" -> point.minimum(value);
        case "Maximum" -> point.maximum(value);
        default -> throw Errors.invalid(statistic.name() + " belongs into ExtendedStatistics.");
      }
    }
    Map<String, Double> percentiles = new HashMap<>();
    for (Statistic statistic : extended) {
      Double value = statistic.of().apply(values);
      if (value != null) {
        percentiles.put(statistic.name(), value);
      }
    }
    return extended.isEmpty() ? point.build() : point.extendedStatistics(percentiles).build();
  }
}
