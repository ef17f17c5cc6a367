package dev.outcrop.wire.query;

import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.rest.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a Query request as the tree that the dots in their names describe. */
final class Form {
  private static final int MAX_DEPTH = 40;

  private final Map<String, Form> children = new LinkedHashMap<>();
  private String value;

  private Form() {}

  /** Parses {@code A.member.1=x&A.member.2=y}, from a body or a query. */
  static Form parse(String encoded) {
    Form root = new Form();
    Parameters.parse(encoded).forEach((name, values) -> root.put(name, values.getFirst()));
    return root;
  }

  static Form parse(byte[] body) {
    return parse(new String(body, StandardCharsets.UTF_8));
  }

  private void put(String name, String given) {
    Form at = this;
    int depth = 0;
    int from = 0;
    while (from <= name.length()) {
      int dot = name.indexOf('.', from);
      int end = dot < 0 ? name.length() : dot;
      if (++depth > MAX_DEPTH) {
        throw RefusedException.serialization("A parameter nested deeper than " + MAX_DEPTH);
      }
      at = at.children.computeIfAbsent(name.substring(from, end), _ -> new Form());
      from = end + 1;
    }
    at.value = given;
  }

  /** The parameter's own value, or null. */
  String value() {
    return value;
  }

  /** What is below a name, or null; the name may itself have dots. */
  Form child(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return children.get(name);
    }
    Form first = children.get(name.substring(0, dot));
    return first == null ? null : first.child(name.substring(dot + 1));
  }

  /** The numbered children in the order of their numbers. */
  List<Form> numbered() {
    Map<Integer, Form> sorted = new TreeMap<>();
    children.forEach(
        (name, child) -> {
          if (!name.isEmpty() && name.length() < 10 && name.chars().allMatch(Form::isDigit)) {
            sorted.put(Integer.valueOf(name), child);
          }
        });
    return new ArrayList<>(sorted.values());
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
