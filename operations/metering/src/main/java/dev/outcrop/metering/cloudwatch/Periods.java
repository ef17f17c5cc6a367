package dev.outcrop.metering.cloudwatch;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Points put together by periods. */
final class Periods {
  private Periods() {}

  /**
   * What came in each period that has points, by its start in milliseconds. A point that stands for
   * longer than the period is left out, as at AWS.
   *
   * @param from where periods begin
   * @param period in seconds
   */
  static SortedMap<Long, Distribution> of(List<Point> points, long from, int period) {
    SortedMap<Long, Distribution> periods = new TreeMap<>();
    long step = period * 1000L;
    for (Point point : points) {
      if (period % point.resolution() == 0) {
        long start = from + Math.floorDiv(point.started() - from, step) * step;
        periods.computeIfAbsent(start, key -> new Distribution()).add(point.values());
      }
    }
    return periods;
  }

  /** A statistic of each period in which it is known. */
  static SortedMap<Long, Double> of(SortedMap<Long, Distribution> periods, Statistic statistic) {
    SortedMap<Long, Double> values = new TreeMap<>();
    periods.forEach(
        (start, each) -> {
          Double value = statistic.of().apply(each);
          if (value != null) {
            values.put(start, value);
          }
        });
    return values;
  }
}
