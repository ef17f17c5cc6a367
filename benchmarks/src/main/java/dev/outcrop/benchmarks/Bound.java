package dev.outcrop.benchmarks;

import java.util.Locale;

/**
 * A number with a limit of its own.
 *
 * @param name what was measured
 * @param value measured
 * @param unit of it
 * @param limit the least or the most that is good enough; NaN where there is none
 * @param least whether the limit is the least
 */
record Bound(String name, double value, String unit, double limit, boolean least)
    implements Result {

  static Bound atMost(String name, double value, String unit, double limit) {
    return new Bound(name, value, unit, limit, false);
  }

  static Bound atLeast(String name, double value, String unit, double limit) {
    return new Bound(name, value, unit, limit, true);
  }

  static Bound none(String name, double value, String unit) {
    return new Bound(name, value, unit, Double.NaN, true);
  }

  @Override
  public boolean reached() {
    return Double.isNaN(limit) || (least ? value >= limit : value <= limit);
  }

  @Override
  public String line() {
    String number = String.format(Locale.ROOT, "%-52s %,10.3f %-9s", name, value, unit);
    return Double.isNaN(limit)
        ? number
        : number
            + String.format(
                Locale.ROOT,
                " target %s %,.2f  %s",
                least ? ">=" : "<=",
                limit,
                reached() ? "ok" : "MISSED");
  }
}
