package dev.outcrop.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A REST operation as a method and path lead to it.
 *
 * @param operation the operation
 * @param segments the path template between slashes; a trailing slash ends in an empty one
 * @param query query parameters that the template fixes; an empty value means any
 */
record Route(Operation operation, List<String> segments, Map<String, String> query) {

  static Route of(Operation operation) {
    String uri = operation.uri();
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    Map<String, String> query = new java.util.LinkedHashMap<>();
    if (mark >= 0) {
      QueryString.parse(uri.substring(mark + 1))
          .parameters()
          .forEach((name, value) -> query.put(name, value == null ? "" : value));
    }
    return new Route(operation, split(path), Map.copyOf(query));
  }

  /** The segments of a path that starts with a slash. */
  static List<String> split(String path) {
    List<String> segments = new ArrayList<>(8);
    int at = 1;
    for (int slash; (slash = path.indexOf('/', at)) >= 0; at = slash + 1) {
      segments.add(path.substring(at, slash));
    }
    segments.add(path.substring(Math.min(at, path.length())));
    return segments;
  }

  static boolean isLabel(String segment) {
    return segment.startsWith("{");
  }

  static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  static String labelName(String segment) {
    return segment.substring(1, segment.length() - (isGreedy(segment) ? 2 : 1));
  }

  /** Whether nothing but method and path needs to be looked at. */
  boolean unconditional() {
    return query.isEmpty()
        && operation.requiredQuery().isEmpty()
        && operation.requiredHeaders().isEmpty();
  }

  /**
   * How well the request's query and headers fit: the more conditions met the higher, low or
   * negative if a required one is missing, {@link #NOT_AT_ALL} if the template's own query is.
   */
  int fit(RequestHead request) {
    if (unconditional()) return COMPLETE;
    QueryString given = request.query();
    for (Map.Entry<String, String> fixed : query.entrySet()) {
      if (!given.has(fixed.getKey())) return NOT_AT_ALL;
      if (!fixed.getValue().isEmpty() && !fixed.getValue().equals(given.get(fixed.getKey()))) {
        return NOT_AT_ALL;
      }
    }
    int met = 0;
    int missing = 0;
    for (String name : operation.requiredQuery()) {
      if (given.has(name)) met++;
      else missing++;
    }
    for (String name : operation.requiredHeaders()) {
      if (request.header(name) != null) met++;
      else missing++;
    }
    return (missing == 0 ? COMPLETE : 0) + 64 * query.size() + met - Math.min(missing, 32);
  }

  static final int NOT_AT_ALL = Integer.MIN_VALUE;
  private static final int COMPLETE = 10_000;
}
