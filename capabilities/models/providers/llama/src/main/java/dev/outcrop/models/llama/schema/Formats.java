package dev.outcrop.models.llama.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Formats of strings, each as a part of it that every validator agrees on. Others say nothing about
 * which strings are valid, as the specification has it.
 */
final class Formats {
  private static final String DATE =
      "(1[6-9]|20|21)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))";
  private static final String TIME =
      "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-2]):[0-5][0-9])";
  private static final String LABEL = "[A-Za-z0-9]{1,20}(-[A-Za-z0-9]{1,20})?";
  private static final String HOST = LABEL + "(\\." + LABEL + "){0,2}\\.[a-z]{2,10}";
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String PLAIN = "A-Za-z0-9_.~!$&'()*+,;=:@/-";
  private static final String PART = "([" + PLAIN + "]|%[0-9A-F]{2}){0,200}";
  private static final String PATH = "(/" + PART + ")?(\\?" + PART + ")?(#" + PART + ")?";
  private static final String EMAIL =
      "[A-Za-z0-9]([A-Za-z0-9_+-]{0,20}[A-Za-z0-9])?(\\.[A-Za-z0-9_+-]{1,19}){0,2}@" + HOST;
  private static final String URI =
      "(https?|ftp|wss?)://" + HOST + "(:[1-9][0-9]{1,3})?" + PATH + "|mailto:" + EMAIL;

  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          Map.entry("date", DATE),
          Map.entry("time", TIME),
          Map.entry("date-time", DATE + "T" + TIME),
          Map.entry(
              "duration",
              "P([0-9]{1,3}D(T[0-9]{1,3}H([0-9]{1,3}M([0-9]{1,3}S)?)?)?|[0-9]{1,3}W"
                  + "|T[0-9]{1,3}(H|M|S))"),
          Map.entry("email", EMAIL),
          Map.entry("idn-email", EMAIL),
          Map.entry("hostname", HOST),
          Map.entry("idn-hostname", HOST),
          Map.entry("ipv4", BYTE + "(\\." + BYTE + "){3}"),
          Map.entry("ipv6", "[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}"),
          Map.entry("uri", URI),
          Map.entry("uri-reference", URI + "|/" + PART),
          Map.entry("iri", URI),
          Map.entry("iri-reference", URI + "|/" + PART),
          Map.entry("json-pointer", "(/([A-Za-z0-9_. -]|~[01]){0,60}){0,20}"),
          Map.entry("relative-json-pointer", "[0-9](#|(/[A-Za-z0-9_. -]{0,60}){0,20})"),
          Map.entry("uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));

  private static final Map<String, Automaton> LANGUAGES = new ConcurrentHashMap<>();

  private Formats() {}

  /** The strings of a format; null when it constrains nothing. */
  static Automaton language(String name) {
    String pattern = PATTERNS.get(name);
    return pattern == null
        ? null
        : LANGUAGES.computeIfAbsent(name, n -> Regex.of("^(?:" + pattern + ")$").language());
  }
}
