package dev.outcrop.cli.bench;

import java.util.Locale;

/**
 * A measured number and what it must reach.
 *
 * @param least the target; NaN when the number is told for comparison only
 */
public record Target(String name, double value, double least) {

  /** Whether the target is reached; true where there is none. */
  public boolean reached() {
    return Double.isNaN(least) || value >= least;
  }

  /** One line: the number, the target and the verdict. */
  public String line() {
    String number = String.format(Locale.ROOT, "%-34s %.4f", name, value);
    return Double.isNaN(least)
        ? number
        : number
            + String.format(Locale.ROOT, "  target %.4f  %s", least, reached() ? "ok" : "MISSED");
  }
}
