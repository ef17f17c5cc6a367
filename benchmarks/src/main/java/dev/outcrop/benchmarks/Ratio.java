package dev.outcrop.benchmarks;

import java.util.Locale;

/**
 * What was measured, against its baseline.
 *
 * @param name what is compared with what
 * @param ours measured through Outcrop
 * @param baseline measured without it, in the same run
 * @param unit of both
 * @param target what ours divided by the baseline must reach; null where there is none
 */
record Ratio(String name, double ours, double baseline, String unit, Target target)
    implements Result {

  /** A bound of a ratio. */
  record Target(double bound, boolean least) {
    static Target atLeast(double bound) {
      return new Target(bound, true);
    }

    static Target atMost(double bound) {
      return new Target(bound, false);
    }
  }

  double value() {
    return ours / baseline;
  }

  @Override
  public boolean reached() {
    return target == null
        || (target.least() ? value() >= target.bound() : value() <= target.bound());
  }

  @Override
  public String line() {
    String numbers =
        String.format(
            Locale.ROOT,
            "%-52s %,10.1f %-9s baseline %,10.1f  ratio %.3f",
            name,
            ours,
            unit,
            baseline,
            value());
    return target == null
        ? numbers
        : numbers
            + String.format(
                Locale.ROOT,
                "  target %s %.2f  %s",
                target.least() ? ">=" : "<=",
                target.bound(),
                reached() ? "ok" : "MISSED");
  }
}
