package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;

/** Tells field by field how two JSON values differ. */
final class Difference {
  private static final int SHOWN = 60;
  private static final int BEFORE = 20;

  private Difference() {}

  static void between(String path, JsonNode recorded, JsonNode now, List<String> found) {
    if (recorded.isObject() && now.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      recorded.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        between(
            path.isEmpty() ? name : path + "." + name, recorded.path(name), now.path(name), found);
      }
    } else if (recorded.isArray() && now.isArray()) {
      for (int i = 0; i < Math.max(recorded.size(), now.size()); i++) {
        between(path + "[" + i + "]", recorded.path(i), now.path(i), found);
      }
    } else if (!recorded.equals(now)) {
      int from = recorded.isTextual() && now.isTextual() ? common(recorded, now) : 0;
      found.add("%s: recorded %s, now %s".formatted(path, shown(recorded, from), shown(now, from)));
    }
  }

  /** Where to begin to show two long texts that begin alike. */
  private static int common(JsonNode left, JsonNode right) {
    String a = left.textValue();
    String b = right.textValue();
    int same = 0;
    while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same < SHOWN - BEFORE ? 0 : same - BEFORE;
  }

  private static String shown(JsonNode value, int from) {
    if (value.isMissingNode()) {
      return "nothing";
    }
    String text = value.isTextual() ? value.textValue() : value.toString();
    int to = Math.min(text.length(), from + SHOWN);
    String part =
        (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    return value.isTextual() ? "\"" + part + "\"" : part;
  }
}
