package dev.outcrop.metering.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** Reads what PutMetricData brings, and refuses what CloudWatch would. */
final class MetricUpload {
  private static final Duration OLDEST = Duration.ofDays(14);
  private static final Duration NEWEST = Duration.ofHours(2);
  private static final double LARGEST = Math.pow(2, 360);
  private static final int MOST = 1_000;
  private static final int MOST_VALUES = 150;
  private static final int MOST_DIMENSIONS = 30;

  private MetricUpload() {}

  static List<Point> points(PutMetricDataRequest request, Instant now) {
    Errors.refuse(request.hasEntityMetricData(), "EntityMetricData");
    Errors.refuse(request.strictEntityValidation() != null, "StrictEntityValidation");
    if (request.namespace() == null) {
      throw Errors.missing("Namespace");
    }
    if (request.namespace().startsWith("AWS/") || request.namespace().startsWith(":")) {
      throw Errors.invalid("The value AWS/ for parameter Namespace is invalid.");
    }
    if (!request.hasMetricData() || request.metricData().isEmpty()) {
      throw Errors.missing("MetricData");
    }
    if (request.metricData().size() > MOST) {
      throw Errors.invalid("MetricData can have at most " + MOST + " members.");
    }
    List<Point> points = new ArrayList<>();
    for (MetricDatum datum : request.metricData()) {
      points.add(point(request.namespace(), datum, now));
    }
    return points;
  }

  private static Point point(String namespace, MetricDatum datum, Instant now) {
    if (datum.metricName() == null || datum.metricName().isEmpty()) {
      throw Errors.missing("MetricData.member.MetricName");
    }
    if (datum.dimensions().size() > MOST_DIMENSIONS) {
      throw Errors.invalid("A metric can have at most " + MOST_DIMENSIONS + " dimensions.");
    }
    Instant time = datum.timestamp() == null ? now : datum.timestamp();
    if (time.isBefore(now.minus(OLDEST)) || time.isAfter(now.plus(NEWEST))) {
      throw Errors.invalid(
          "The parameter MetricData.member.Timestamp must be within the last two weeks and the"
              + " next two hours: "
              + time);
    }
    int resolution = resolution(datum.storageResolution());
    return new Point(
        Series.of(namespace, datum.metricName(), datum.dimensions()),
        resolution,
        MetricTime.down(time.toEpochMilli(), resolution),
        datum.unitAsString() == null ? "None" : datum.unitAsString(),
        values(datum));
  }

  private static int resolution(Integer given) {
    if (given != null && given != 1 && given != 60) {
      throw Errors.invalid("StorageResolution must be 1 or 60: " + given);
    }
    return given == null ? 60 : given;
  }

  private static Distribution values(MetricDatum datum) {
    int forms =
        (datum.value() == null ? 0 : 1)
            + (datum.statisticValues() == null ? 0 : 1)
            + (datum.values().isEmpty() ? 0 : 1);
    if (forms != 1) {
      throw Errors.combination(
          "A metric datum needs exactly one of Value, Values and StatisticValues.");
    }
    if (datum.values().isEmpty() && !datum.counts().isEmpty()) {
      throw Errors.combination("Counts go with Values.");
    }
    Distribution values = new Distribution();
    if (datum.value() != null) {
      values.add(number(datum.value(), "Value"), 1);
    } else if (datum.statisticValues() != null) {
      addSet(values, datum.statisticValues());
    } else {
      addAll(values, datum.values(), datum.counts());
    }
    return values;
  }

  private static void addAll(Distribution all, List<Double> values, List<Double> counts) {
    if (values.size() > MOST_VALUES) {
      throw Errors.invalid("Values can have at most " + MOST_VALUES + " members.");
    }
    if (!counts.isEmpty() && counts.size() != values.size()) {
      throw Errors.invalid("Counts must have as many members as Values.");
    }
    for (int i = 0; i < values.size(); i++) {
      double times = counts.isEmpty() ? 1 : number(counts.get(i), "Counts");
      require(times, n -> n > 0, "Counts must be positive");
      all.add(number(values.get(i), "Values"), times);
    }
  }

  private static void addSet(Distribution values, StatisticSet set) {
    if (set.sampleCount() == null
        || set.sum() == null
        || set.minimum() == null
        || set.maximum() == null) {
      throw Errors.missing("StatisticValues.SampleCount, Sum, Minimum and Maximum");
    }
    double samples = number(set.sampleCount(), "SampleCount");
    require(samples, n -> n > 0, "SampleCount must be positive");
    double least = number(set.minimum(), "Minimum");
    double most = number(set.maximum(), "Maximum");
    require(most - least, n -> n >= 0, "Maximum must not be less than Minimum");
    values.addSet(samples, number(set.sum(), "Sum"), least, most);
  }

  private static double number(double value, String name) {
    require(
        value,
        n -> Double.isFinite(n) && Math.abs(n) <= LARGEST,
        name + " must be a number between -2^360 and 2^360");
    return value;
  }

  private static void require(double value, DoublePredicate holds, String otherwise) {
    if (!holds.test(value)) {
      throw Errors.invalid(otherwise + ": " + value);
    }
  }
}
