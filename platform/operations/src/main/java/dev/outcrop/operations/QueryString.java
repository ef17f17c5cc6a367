package dev.outcrop.operations;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a query string or a form; broken percent-encoding is taken as it stands. */
final class QueryString {
  private static final QueryString EMPTY = new QueryString(Map.of());

  /** Decoded values by decoded name; null for a name without an equals sign. First one wins. */
  private final Map<String, String> parameters;

  private QueryString(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  static QueryString parse(String raw) {
    if (raw == null || raw.isEmpty()) return EMPTY;
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int at = 0; at < raw.length(); ) {
      int end = raw.indexOf('&', at);
      if (end < 0) end = raw.length();
      int equals = raw.indexOf('=', at);
      boolean bare = equals < 0 || equals >= end;
      String name = decode(raw.substring(at, bare ? end : equals));
      if (!parameters.containsKey(name)) {
        parameters.put(name, bare ? null : decode(raw.substring(equals + 1, end)));
      }
      at = end + 1;
    }
    return new QueryString(parameters);
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  String get(String name) {
    return parameters.get(name);
  }

  Map<String, String> parameters() {
    return parameters;
  }

  static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) return text;
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Decodes a path segment, in which a plus sign is a plus sign. */
  static String decodePath(String segment) {
    return segment.indexOf('%') < 0 ? segment : decode(segment.replace("+", "%2B"));
  }
}
