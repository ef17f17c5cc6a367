package dev.outcrop.metering.cloudwatch;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of the values of a metric in a stretch of time: how many, their sum, the least, the
 * most, and which there were. Up to {@value #EXACT} different values are kept as they are; more go
 * into buckets, each 1% wide or wider, so that a percentile is right to that.
 */
final class Distribution {
  static final int EXACT = 200;
  private static final int MOST = 1_000;
  private static final double WIDTH = 1.01;

  double count;
  double sum;
  double min = Double.POSITIVE_INFINITY;
  double max = Double.NEGATIVE_INFINITY;

  /** How often each value came; null where only the sums are known. */
  private TreeMap<Double, Double> values = new TreeMap<>();

  void add(double value, double times) {
    count += times;
    sum += value * times;
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (values != null) {
      values.merge(value, times, Double::sum);
      shrink();
    }
  }

  /** Adds a set of which nothing more is known. */
  void addSet(double samples, double total, double least, double most) {
    if (samples == 1 || least == most) {
      add(least, samples);
      return;
    }
    count += samples;
    sum += total;
    min = Math.min(min, least);
    max = Math.max(max, most);
    values = null;
  }

  void add(Distribution other) {
    if (other.count == 0) {
      return;
    }
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    if (values == null || other.values == null) {
      values = null;
    } else {
      other.values.forEach((value, times) -> values.merge(value, times, Double::sum));
      shrink();
    }
  }

  /**
   * The smallest value that this share of the values does not exceed; null where only sums are
   * known.
   *
   * @param percent 0 to 100
   */
  Double percentile(double percent) {
    if (values == null || count == 0) {
      return null;
    }
    double wanted = count * percent / 100;
    double seen = 0;
    for (Map.Entry<Double, Double> each : values.entrySet()) {
      seen += each.getValue();
      if (seen >= wanted) {
        return Math.clamp(each.getKey(), min, max);
      }
    }
    return max;
  }

  private void shrink() {
    if (values.size() <= EXACT || values.size() <= MOST && bucketed()) {
      return;
    }
    double width = WIDTH;
    TreeMap<Double, Double> all = values;
    do {
      TreeMap<Double, Double> buckets = new TreeMap<>();
      double each = width;
      all.forEach((value, times) -> buckets.merge(bucket(value, each), times, Double::sum));
      values = buckets;
      width *= width;
    } while (values.size() > MOST);
  }

  /** Whether all values are those of buckets already, so that another round changes nothing. */
  private boolean bucketed() {
    return values.keySet().stream().allMatch(value -> value == bucket(value, WIDTH));
  }

  private static double bucket(double value, double width) {
    if (value == 0) {
      return 0;
    }
    double power = Math.rint(Math.log(Math.abs(value)) / Math.log(width));
    return Math.copySign(Math.pow(width, power), value);
  }

  /** The values as bytes: pairs of value and times; null where only sums are known. */
  byte[] spread() {
    if (values == null) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(values.size() * 2 * Double.BYTES);
    values.forEach((value, times) -> bytes.putDouble(value).putDouble(times));
    return bytes.array();
  }

  static Distribution of(double count, double sum, double min, double max, byte[] spread) {
    Distribution stored = new Distribution();
    stored.count = count;
    stored.sum = sum;
    stored.min = min;
    stored.max = max;
    if (spread == null) {
      stored.values = null;
    } else {
      ByteBuffer bytes = ByteBuffer.wrap(spread);
      while (bytes.hasRemaining()) {
        stored.values.put(bytes.getDouble(), bytes.getDouble());
      }
    }
    return stored;
  }
}
