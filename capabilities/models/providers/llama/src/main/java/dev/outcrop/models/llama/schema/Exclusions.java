package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code not} takes away: values, types, patterns, or the presence of a member. */
final class Exclusions {
  final List<JsonNode> values = new ArrayList<>();
  final Set<String> types = new HashSet<>();
  final List<String> patterns = new ArrayList<>();
  final Set<String> members = new HashSet<>();

  void add(JsonNode schema) {
    if (schema.isBoolean()) {
      if (schema.booleanValue()) {
        types.addAll(List.of("null", "boolean", "integer", "number", "string", "array", "object"));
      }
      return;
    }
    List<String> keywords = new ArrayList<>();
    schema.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(List.of("title", "description", "$comment"));
    if (keywords.isEmpty()) {
      add(com.fasterxml.jackson.databind.node.BooleanNode.TRUE);
      return;
    }
    if (keywords.size() > 1) {
      throw refuse();
    }
    JsonNode value = schema.get(keywords.getFirst());
    switch (keywords.getFirst()) {
      case "const" -> values.add(value);
      case "enum" -> value.forEach(values::add);
      case "type" -> (value.isArray() ? value : List.of(value)).forEach(t -> type(t.asText()));
      case "pattern" -> patterns.add(value.asText());
      case "anyOf" -> value.forEach(this::add);
      case "required" -> {
        if (value.size() != 1) {
          throw refuse();
        }
        members.add(value.get(0).asText());
      }
      default -> throw refuse();
    }
  }

  private void type(String name) {
    if (name.equals("integer")) {
      throw refuse();
    }
    types.add(name);
    if (name.equals("number")) {
      types.add("integer");
    }
  }

  private static SchemaException refuse() {
    return new SchemaException(
        "the keyword not is supported with one of const, enum, type, pattern, anyOf of these, or"
            + " required with one name");
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
