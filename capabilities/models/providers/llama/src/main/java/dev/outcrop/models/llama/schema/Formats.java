package dev.outcrop.models.llama.schema;

import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Formats of strings, each as a part of it that every validator agrees on. Others say nothing about
 * which strings are valid, as the specification has it.
 */
final class Formats {
  private static final String DATE =
      "(19|20)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))";
  private static final String TIME =
      "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-](0[0-9]|1[0-2]):[0-5][0-9])";
  private static final String LABEL = "[a-z]([a-z0-9]{0,20}[a-z0-9])?";
  private static final String HOST = LABEL + "(\\." + LABEL + "){0,3}\\.[a-z]{2,6}";
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String URI = "https?://" + HOST + "(/[A-Za-z0-9_~-]{1,40}){0,8}/?";

  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          Map.entry("date", DATE),
          Map.entry("time", TIME),
          Map.entry("date-time", DATE + "T" + TIME),
          Map.entry(
              "duration",
              "P([0-9]{1,3}D(T[0-9]{1,3}H([0-9]{1,3}M([0-9]{1,3}S)?)?)?|[0-9]{1,3}W"
                  + "|T[0-9]{1,3}(H|M|S))"),
          Map.entry("email", "[a-z0-9]{1,20}([._-][a-z0-9]{1,12}){0,3}@" + HOST),
          Map.entry("hostname", HOST),
          Map.entry("ipv4", BYTE + "(\\." + BYTE + "){3}"),
          Map.entry("ipv6", "[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}"),
          Map.entry("uri", URI),
          Map.entry("uri-reference", URI),
          Map.entry("iri", URI),
          Map.entry("uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));

  private Formats() {}

  /** The strings of a format; null when it constrains nothing. */
  static Automaton language(String name) {
    String pattern = PATTERNS.get(name);
    return pattern == null ? null : Regex.of("^(" + pattern + ")$");
  }
}
