package dev.outcrop.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Output for people on standard error, answers on standard output. Bars and emphasis appear only on
 * a terminal; a pipe gets plain text.
 */
final class Terminal {
  private static final int BAR = 24;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean interactive;
  private boolean barShown;
  private long drawn;

  Terminal(PrintWriter out, PrintWriter err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    Console console = System.console();
    this.interactive = console != null && console.isTerminal();
  }

  void answer(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  void note(String text) {
    if (!quiet) {
      clear();
      err.println(text);
      err.flush();
    }
  }

  String strong(String text) {
    return interactive ? "\033[1m" + text + "\033[0m" : text;
  }

  /** Draws how far something is; on a pipe nothing. A total of -1 is unknown. */
  void progress(String what, long done, long total, String unit) {
    long now = System.nanoTime();
    boolean last = total >= 0 && done >= total;
    if (quiet || !interactive || (!last && barShown && now - drawn < 50_000_000L)) {
      return;
    }
    drawn = now;
    int filled = total > 0 ? (int) Math.min(BAR, BAR * done / total) : 0;
    String bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    err.print(
        "\r\033[K"
            + what
            + " "
            + bar
            + " "
            + amount(done, unit)
            + (total > 0 ? " / " + amount(total, unit) : ""));
    err.flush();
    barShown = true;
  }

  void clear() {
    if (barShown) {
      err.print("\r\033[K");
      err.flush();
      barShown = false;
    }
  }

  private static String amount(long n, String unit) {
    return unit.equals("B") ? bytes(n) : n + (unit.isEmpty() ? "" : " " + unit);
  }

  /** {@code 98 MB}, decimal as downloads are told. */
  static String bytes(long n) {
    if (n < 1_000_000) {
      return (n + 999) / 1000 + " kB";
    }
    return n < 1_000_000_000
        ? (n + 500_000) / 1_000_000 + " MB"
        : String.format(Locale.ROOT, "%.1f GB", n / 1e9);
  }
}
