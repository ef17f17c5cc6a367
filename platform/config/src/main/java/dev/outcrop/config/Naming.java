package dev.outcrop.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How a setting is called in Java, in the file and in the environment, and near misses. */
final class Naming {
  static final String PREFIX = "OUTCROP_";

  private Naming() {}

  /** {@code idleTimeout} to {@code idle-timeout}. */
  static String key(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** {@code server.idle-timeout} to {@code OUTCROP_SERVER_IDLE_TIMEOUT}. */
  static String environment(String path) {
    return PREFIX + upper(path);
  }

  static String upper(String key) {
    return key.replaceAll("[.:/-]", "_").toUpperCase(Locale.ROOT);
  }

  /** The known name that was most likely meant. */
  static Optional<String> nearest(String given, Collection<String> known) {
    String plain = plain(given);
    return known.stream()
        .filter(name -> distance(plain, plain(name)) <= Math.max(2, plain.length() / 4))
        .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
  }

  private static String plain(String name) {
    return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance, by the row-at-a-time algorithm of Wagner and Fischer. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
