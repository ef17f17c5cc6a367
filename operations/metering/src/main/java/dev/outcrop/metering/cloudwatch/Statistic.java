package dev.outcrop.metering.cloudwatch;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statistic by CloudWatch's name: {@code SampleCount}, {@code Sum}, {@code Average}, {@code
 * Minimum}, {@code Maximum}, or a percentile such as {@code p99.9}.
 *
 * @param of its value; null where the values are not known well enough
 */
record Statistic(String name, Function<Distribution, Double> of) {
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,10})?|100)");

  static Statistic parse(String name) {
    if (name == null) {
      throw Errors.missing("Stat");
    }
    Matcher percentile = PERCENTILE.matcher(name);
    if (percentile.matches()) {
      double percent = Double.parseDouble(percentile.group(1));
      return new Statistic(name, values -> values.percentile(percent));
    }
    return new Statistic(
        name,
        switch (name) {
          case "SampleCount" -> values -> values.count;
          case "Sum" -> values -> values.sum;
          case "Average" -> values -> values.sum / values.count;
          case "Minimum" -> values -> values.min;
          case "Maximum" -> values -> values.max;
          default ->
              throw Errors.invalid(
                  "The statistic "
                      + name
                      + " is not supported; use SampleCount, Sum, Average, Minimum, Maximum or a"
                      + " percentile such as p99.9.");
        });
  }
}
