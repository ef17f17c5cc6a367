package dev.outcrop.wire.rest;

import dev.outcrop.wire.RefusedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Percent-decoding of paths, queries and forms. */
public final class Parameters {
  private static final int MAX_PARAMETERS = 20_000;

  private Parameters() {}

  /** Decodes {@code a=1&b=2&a=3}; null is no parameters. */
  public static Map<String, List<String>> parse(String encoded) {
    if (encoded == null || encoded.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int from = 0;
    int count = 0;
    while (from <= encoded.length()) {
      int end = encoded.indexOf('&', from);
      end = end < 0 ? encoded.length() : end;
      if (end > from) {
        if (++count > MAX_PARAMETERS) {
          throw RefusedException.serialization("More than " + MAX_PARAMETERS + " parameters");
        }
        add(encoded.substring(from, end), parameters);
      }
      from = end + 1;
    }
    return parameters;
  }

  private static void add(String pair, Map<String, List<String>> parameters) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
  }

  /** Decodes one part of a query or form: {@code +} is a space. */
  static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedException.serialization("Malformed percent-encoding in the query");
    }
  }

  /** Decodes one segment of a path: {@code +} is itself. */
  static String decodePath(String text) {
    return decode(text.indexOf('+') < 0 ? text : text.replace("+", "%2B"));
  }
}
