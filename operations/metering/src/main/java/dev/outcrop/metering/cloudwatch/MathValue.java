package dev.outcrop.metering.cloudwatch;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What metric math computes with. */
sealed interface MathValue {

  /** A number. */
  record Scalar(double value) implements MathValue {}

  /**
   * Values by the start of their period in milliseconds.
   *
   * @param period in seconds
   */
  record TimeSeries(String label, int period, SortedMap<Long, Double> values) implements MathValue {
    TimeSeries map(DoubleUnaryOperator operator) {
      SortedMap<Long, Double> mapped = new TreeMap<>();
      values.forEach((time, value) -> mapped.put(time, operator.applyAsDouble(value)));
      return with(mapped);
    }

    TimeSeries with(SortedMap<Long, Double> others) {
      return new TimeSeries(label, period, others);
    }
  }

  /** Several time series. */
  record Several(List<TimeSeries> all) implements MathValue {}

  static MathValue map(MathValue of, DoubleUnaryOperator operator) {
    return switch (of) {
      case Scalar scalar -> new Scalar(operator.applyAsDouble(scalar.value()));
      case TimeSeries series -> series.map(operator);
      case Several several ->
          new Several(several.all().stream().map(each -> each.map(operator)).toList());
    };
  }

  /** Two time series have a value where both have one. */
  static MathValue combine(MathValue left, MathValue right, DoubleBinaryOperator operator) {
    return switch (left) {
      case Scalar a -> map(right, b -> operator.applyAsDouble(a.value(), b));
      case TimeSeries a ->
          switch (right) {
            case Scalar b -> a.map(each -> operator.applyAsDouble(each, b.value()));
            case TimeSeries b -> join(a, b, operator);
            case Several b ->
                new Several(b.all().stream().map(each -> join(a, each, operator)).toList());
          };
      case Several a ->
          switch (right) {
            case Scalar b -> map(a, each -> operator.applyAsDouble(each, b.value()));
            case TimeSeries b ->
                new Several(a.all().stream().map(each -> join(each, b, operator)).toList());
            case Several b -> throw Errors.invalid("Two arrays of time series cannot be combined.");
          };
    };
  }

  private static TimeSeries join(TimeSeries left, TimeSeries right, DoubleBinaryOperator operator) {
    SortedMap<Long, Double> values = new TreeMap<>();
    left.values()
        .forEach(
            (time, value) -> {
              Double other = right.values().get(time);
              if (other != null) {
                values.put(time, operator.applyAsDouble(value, other));
              }
            });
    return new TimeSeries(left.label(), Math.max(left.period(), right.period()), values);
  }

  /** What it is called in messages. */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
