package dev.outcrop.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares headers as clients read them. */
final class Headers {
  private Headers() {}

  /** Every expected header must be there with its value. */
  static void check(Map<String, String> expected, Map<String, List<String>> actual) {
    Map<String, String> all = byName(actual);
    expected.forEach(
        (name, value) ->
            assertThat(plain(name, all.get(name))).as(name).isEqualTo(plain(name, value)));
  }

  static Map<String, String> byName(Map<String, List<String>> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> all.put(name, String.join(",", values)));
    return all;
  }

  // Blanks after the commas of lists mean nothing, nor does the namespace of an error's type, by
  // which clients cut it off at the colon.
  private static String plain(String name, String value) {
    if (value == null) {
      return null;
    }
    return name.equalsIgnoreCase("x-amzn-errortype")
        ? value.replaceFirst(":.*", "")
        : value.replaceAll(",\\s+", ",");
  }
}
