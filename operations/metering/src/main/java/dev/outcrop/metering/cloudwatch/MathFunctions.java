package dev.outcrop.metering.cloudwatch;

import dev.outcrop.metering.cloudwatch.MathValue.Scalar;
import dev.outcrop.metering.cloudwatch.MathValue.Several;
import dev.outcrop.metering.cloudwatch.MathValue.TimeSeries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The functions of metric math that are built: ABS, AVG, CEIL, DIFF, FILL, FLOOR, IF, MAX, MIN,
 * PERIOD, RATE and SUM.
 *
 * @param from of the request, in milliseconds
 * @param to of the request, in milliseconds
 */
record MathFunctions(long from, long to) {

  /** How FILL finds what is missing, when it is no value. */
  enum Filling {
    REPEAT,
    LINEAR
  }

  MathValue call(String name, List<MathValue> arguments) {
    return switch (name) {
      case "ABS" -> MathValue.map(one(name, arguments), Math::abs);
      case "CEIL" -> MathValue.map(one(name, arguments), Math::ceil);
      case "FLOOR" -> MathValue.map(one(name, arguments), Math::floor);
      case "SUM" -> fold(one(name, arguments), all -> all.stream().mapToDouble(d -> d).sum());
      case "AVG" ->
          fold(
              one(name, arguments),
              all -> all.stream().mapToDouble(d -> d).average().orElseThrow());
      case "MIN" ->
          fold(one(name, arguments), all -> all.stream().mapToDouble(d -> d).min().orElseThrow());
      case "MAX" ->
          fold(one(name, arguments), all -> all.stream().mapToDouble(d -> d).max().orElseThrow());
      case "PERIOD" -> new Scalar(series(name, one(name, arguments)).period());
      case "DIFF" -> difference(series(name, one(name, arguments)), 0);
      case "RATE" -> difference(series(name, one(name, arguments)), 1000.0);
      case "IF" -> choose(arguments);
      default -> throw Errors.invalid("The function " + name + " is not supported.");
    };
  }

  private static MathValue one(String name, List<MathValue> arguments) {
    if (arguments.size() != 1) {
      throw Errors.invalid(name + " takes one argument, not " + arguments.size() + ".");
    }
    return arguments.getFirst();
  }

  private static TimeSeries series(String name, MathValue value) {
    if (value instanceof TimeSeries series) {
      return series;
    }
    throw Errors.invalid(name + " takes a time series, not a " + value.kind() + ".");
  }

  /** Over time for one time series, which makes a number; over several at each time. */
  private static MathValue fold(MathValue of, ToDoubleFunction<Collection<Double>> fold) {
    return switch (of) {
      case Scalar scalar -> scalar;
      case TimeSeries series ->
          new Scalar(
              series.values().isEmpty()
                  ? Double.NaN
                  : fold.applyAsDouble(series.values().values()));
      case Several several -> across(several.all(), fold);
    };
  }

  private static TimeSeries across(
      List<TimeSeries> all, ToDoubleFunction<Collection<Double>> fold) {
    SortedMap<Long, List<Double>> byTime = new TreeMap<>();
    for (TimeSeries each : all) {
      each.values()
          .forEach(
              (time, value) -> byTime.computeIfAbsent(time, key -> new ArrayList<>()).add(value));
    }
    SortedMap<Long, Double> values = new TreeMap<>();
    byTime.forEach((time, each) -> values.put(time, fold.applyAsDouble(each)));
    int period = all.stream().mapToInt(TimeSeries::period).max().orElse(60);
    return new TimeSeries("", period, values);
  }

  /**
   * What changed from one value to the next.
   *
   * @param per milliseconds that the change is given for; 0 for the change itself
   */
  private static TimeSeries difference(TimeSeries series, double per) {
    SortedMap<Long, Double> values = new TreeMap<>();
    Iterator<Map.Entry<Long, Double>> each = series.values().entrySet().iterator();
    Map.Entry<Long, Double> before = each.hasNext() ? each.next() : null;
    while (each.hasNext()) {
      Map.Entry<Long, Double> now = each.next();
      double change = now.getValue() - before.getValue();
      values.put(now.getKey(), per == 0 ? change : change * per / (now.getKey() - before.getKey()));
      before = now;
    }
    return series.with(values);
  }

  /** Fills with a number, or with another time series. */
  MathValue fill(MathValue of, MathValue with) {
    return fill(
        of,
        (series, time) ->
            switch (with) {
              case Scalar scalar -> scalar.value();
              case TimeSeries other -> other.values().get(time);
              case Several several -> throw Errors.invalid("FILL fills with no array.");
            });
  }

  MathValue fill(MathValue of, Filling how) {
    return fill(of, (series, time) -> between(series, time, how));
  }

  private interface Missing {
    Double at(TimeSeries series, long time);
  }

  private MathValue fill(MathValue of, Missing missing) {
    return switch (of) {
      case TimeSeries series -> fill(series, missing);
      case Several several ->
          new Several(several.all().stream().map(each -> fill(each, missing)).toList());
      case Scalar scalar -> throw Errors.invalid("FILL takes a time series, not a number.");
    };
  }

  private TimeSeries fill(TimeSeries series, Missing missing) {
    SortedMap<Long, Double> filled = new TreeMap<>(series.values());
    long step = series.period() * 1000L;
    for (long time = MetricTime.down(from, series.period()); time < to; time += step) {
      if (time >= from && !filled.containsKey(time)) {
        Double value = missing.at(series, time);
        if (value != null) {
          filled.put(time, value);
        }
      }
    }
    return series.with(filled);
  }

  private static Double between(TimeSeries series, long time, Filling how) {
    SortedMap<Long, Double> before = series.values().headMap(time);
    SortedMap<Long, Double> after = series.values().tailMap(time);
    if (before.isEmpty() || how == Filling.LINEAR && after.isEmpty()) {
      return null;
    }
    double last = before.get(before.lastKey());
    if (how == Filling.REPEAT) {
      return last;
    }
    double share = (time - before.lastKey()) / (double) (after.firstKey() - before.lastKey());
    return last + (after.get(after.firstKey()) - last) * share;
  }

  private static MathValue choose(List<MathValue> arguments) {
    if (arguments.size() < 2 || arguments.size() > 3) {
      throw Errors.invalid("IF takes a condition, a value, and maybe another value.");
    }
    MathValue then = arguments.get(1);
    MathValue otherwise = arguments.size() == 3 ? arguments.get(2) : null;
    if (arguments.getFirst() instanceof Scalar condition) {
      boolean holds = condition.value() != 0;
      return holds || otherwise != null
          ? holds ? then : otherwise
          : new TimeSeries("", 60, new TreeMap<>());
    }
    TimeSeries condition = series("IF", arguments.getFirst());
    SortedMap<Long, Double> values = new TreeMap<>();
    for (long time : new TreeSet<>(condition.values().keySet())) {
      MathValue chosen = condition.values().get(time) != 0 ? then : otherwise;
      Double value =
          switch (chosen) {
            case null -> null;
            case Scalar scalar -> scalar.value();
            case TimeSeries series -> series.values().get(time);
            case Several several -> throw Errors.invalid("IF takes no arrays of time series.");
          };
      if (value != null) {
        values.put(time, value);
      }
    }
    return condition.with(values);
  }
}
