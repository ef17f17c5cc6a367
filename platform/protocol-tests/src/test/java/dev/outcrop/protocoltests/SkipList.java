package dev.outcrop.protocoltests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cases that Outcrop does not pass, each with the reason above it in {@code skipped.txt}. */
final class SkipList {
  private SkipList() {}

  /** Reasons by the ids of cases or services. */
  static Map<String, String> read() {
    Map<String, String> reasons = new LinkedHashMap<>();
    StringBuilder reason = new StringBuilder();
    boolean fresh = true;
    for (String line : text().lines().toList()) {
      if (line.startsWith("#")) {
        if (!fresh) {
          reason.setLength(0);
        }
        fresh = true;
        reason.append(reason.isEmpty() ? "" : " ").append(line.substring(1).strip());
      } else if (!line.isBlank()) {
        fresh = false;
        if (reason.isEmpty() || reasons.put(line.strip(), reason.toString()) != null) {
          throw new IllegalStateException(line + " has no reason, or is there twice");
        }
      }
    }
    return reasons;
  }

  private static String text() {
    try (InputStream in = SkipList.class.getResourceAsStream("skipped.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
