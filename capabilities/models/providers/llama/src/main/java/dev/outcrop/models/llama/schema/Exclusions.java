package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code not} takes away: values, types, patterns, or the presence of a member. */
final class Exclusions {
  private static final Set<String> ALL =
      Set.of("null", "boolean", "integer", "number", "string", "array", "object");

  final List<JsonNode> values = new ArrayList<>();
  final Set<String> types = new HashSet<>();
  final List<String> patterns = new ArrayList<>();
  final Set<String> members = new HashSet<>();

  /** Whether numbers must have a fraction. */
  boolean whole;

  /** Takes a schema that {@link Negation#plain} lets through. */
  void add(JsonNode schema) {
    String keyword = schema.fieldNames().next();
    JsonNode value = schema.get(keyword);
    switch (keyword) {
      case "const" -> values.add(value);
      case "enum" -> value.forEach(values::add);
      case "type" -> type(value.asText());
      // A pattern holds for all that is no string, and required for all that is no object.
      case "pattern" -> {
        patterns.add(value.asText());
        only("string");
      }
      case "required" -> {
        members.add(value.get(0).asText());
        only("object");
      }
      default -> throw new IllegalStateException("not plain: " + schema);
    }
  }

  private void only(String type) {
    ALL.stream().filter(t -> !t.equals(type)).forEach(types::add);
  }

  private void type(String name) {
    if (name.equals("integer")) {
      whole = true;
      return;
    }
    types.add(name);
    if (name.equals("number")) {
      types.add("integer");
    }
  }

  static boolean contains(List<JsonNode> values, JsonNode value) {
    return values.stream()
        .anyMatch(
            v ->
                v.equals(value)
                    || (v.isNumber()
                        && value.isNumber()
                        && v.decimalValue().compareTo(value.decimalValue()) == 0));
  }
}
