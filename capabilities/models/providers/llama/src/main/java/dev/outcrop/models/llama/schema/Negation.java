package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Schemas turned round: what holds for a value when a schema does not. A schema fails when one of
 * its keywords does, so there is one case for each. Where a keyword can't be turned round, its case
 * is everything of the type that it speaks of, and that is noted.
 */
final class Negation {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TYPES =
      List.of("null", "boolean", "integer", "number", "string", "array", "object");
  private static final Set<String> OF_ARRAYS =
      Set.of("prefixItems", "additionalItems", "unevaluatedItems", "maxContains");
  private static final Set<String> OF_OBJECTS =
      Set.of(
          "patternProperties",
          "additionalProperties",
          "propertyNames",
          "unevaluatedProperties",
          "dependencies");

  private final References references;
  private final Gaps gaps;
  private final Map<JsonNode, JsonNode> made = new IdentityHashMap<>();

  Negation(References references, Gaps gaps) {
    this.references = references;
    this.gaps = gaps;
  }

  /** Whether {@link Exclusions} takes a {@code not} of this as it is. */
  static boolean plain(JsonNode schema) {
    if (!schema.isObject() || schema.size() != 1) {
      return false;
    }
    return switch (schema.fieldNames().next()) {
      case "const", "enum", "pattern" -> true;
      case "type" -> schema.get("type").isTextual();
      case "required" -> schema.get("required").size() == 1;
      default -> false;
    };
  }

  /** A schema that holds where this one does not, or more often. */
  JsonNode of(JsonNode schema) {
    if (schema.isBoolean()) {
      return BooleanNode.valueOf(!schema.booleanValue());
    }
    JsonNode known = made.get(schema);
    if (known == null) {
      List<JsonNode> cases = new ArrayList<>();
      references.target(schema).ifPresent(target -> cases.add(not(target)));
      schema.properties().forEach(e -> keyword(schema, e.getKey(), e.getValue(), cases));
      known = any(cases);
      made.put(schema, known);
    }
    return known;
  }

  private static JsonNode any(List<JsonNode> cases) {
    return cases.isEmpty() ? BooleanNode.FALSE : all("anyOf", cases);
  }

  private static JsonNode all(String keyword, List<JsonNode> schemas) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray(keyword).addAll(schemas);
    return schema;
  }

  private static ObjectNode not(JsonNode schema) {
    return JSON.objectNode().set("not", schema);
  }

  private static ObjectNode with(String type, String keyword, JsonNode value) {
    return JSON.objectNode().put("type", type).set(keyword, value);
  }

  private static ObjectNode type(String type) {
    return JSON.objectNode().put("type", type);
  }

  private void keyword(JsonNode schema, String keyword, JsonNode value, List<JsonNode> cases) {
    switch (keyword) {
      case "const", "enum", "pattern" -> cases.add(not(JSON.objectNode().set(keyword, value)));
      case "type" -> types(value, cases);
      case "not" -> cases.add(value);
      case "allOf" -> value.forEach(s -> cases.add(not(s)));
      case "anyOf" -> cases.add(none(value));
      case "oneOf" -> oneOf(value, cases);
      case "if" -> new Conditional(schema).failures().forEach(cases::add);
      case "minimum" -> cases.add(with("number", "exclusiveMaximum", value));
      case "maximum" -> cases.add(with("number", "exclusiveMinimum", value));
      case "exclusiveMinimum" -> cases.add(with("number", "maximum", value));
      case "exclusiveMaximum" -> cases.add(with("number", "minimum", value));
      case "minLength" -> below("string", "maxLength", value, cases);
      case "minItems" -> below("array", "maxItems", value, cases);
      case "minProperties" -> below("object", "maxProperties", value, cases);
      case "maxLength" -> cases.add(with("string", "minLength", more(value, 1)));
      case "maxItems" -> cases.add(with("array", "minItems", more(value, 1)));
      case "maxProperties" -> cases.add(with("object", "minProperties", more(value, 1)));
      case "required" -> value.forEach(name -> cases.add(lacks(name)));
      case "properties" ->
          value.properties().forEach(p -> cases.add(member(p.getKey(), not(p.getValue()))));
      case "dependentRequired" -> value.properties().forEach(p -> dependent(p, cases));
      case "dependentSchemas" ->
          value
              .properties()
              .forEach(
                  p ->
                      cases.add(
                          all(
                              "allOf",
                              List.of(member(p.getKey(), BooleanNode.TRUE), not(p.getValue())))));
      case "items" -> items(schema, value, cases);
      case "contains" -> contains(schema, value, cases);
      case "multipleOf", "format", "uniqueItems" -> unsure(keyword, value, cases);
      default -> others(keyword, cases);
    }
  }

  private void others(String keyword, List<JsonNode> cases) {
    if (OF_ARRAYS.contains(keyword)) {
      gaps.add();
      cases.add(type("array"));
    } else if (OF_OBJECTS.contains(keyword)) {
      gaps.add();
      cases.add(type("object"));
    }
  }

  private void unsure(String keyword, JsonNode value, List<JsonNode> cases) {
    if (keyword.equals("uniqueItems")) {
      if (value.booleanValue()) {
        gaps.add();
        cases.add(type("array").put("minItems", 2));
      }
      return;
    }
    gaps.add();
    cases.add(type(keyword.equals("format") ? "string" : "number"));
  }

  private static void types(JsonNode value, List<JsonNode> cases) {
    List<String> named = new ArrayList<>();
    (value.isArray() ? value : List.of(value)).forEach(t -> named.add(t.asText()));
    ArrayNode others = JSON.arrayNode();
    for (String type : TYPES) {
      boolean numeric = type.equals("number") || type.equals("integer");
      if (numeric
          ? !named.contains("number") && !named.contains("integer")
          : !named.contains(type)) {
        others.add(type);
      }
    }
    cases.add(JSON.objectNode().set("type", others));
    if (named.contains("integer") && !named.contains("number")) {
      cases.add(type("number").set("not", type("integer")));
    }
  }

  private static JsonNode none(JsonNode schemas) {
    List<JsonNode> nots = new ArrayList<>();
    schemas.forEach(s -> nots.add(not(s)));
    return all("allOf", nots);
  }

  /** None holds, or two do. */
  private static void oneOf(JsonNode schemas, List<JsonNode> cases) {
    cases.add(none(schemas));
    for (int i = 0; i < schemas.size(); i++) {
      for (int j = 0; j < i; j++) {
        cases.add(all("allOf", List.of(schemas.get(j), schemas.get(i))));
      }
    }
  }

  private static void below(String type, String keyword, JsonNode value, List<JsonNode> cases) {
    if (value.decimalValue().signum() > 0) {
      cases.add(with(type, keyword, more(value, -1)));
    }
  }

  private static JsonNode more(JsonNode value, int by) {
    return JSON.numberNode(value.decimalValue().add(BigDecimal.valueOf(by)));
  }

  private static ObjectNode lacks(JsonNode name) {
    ObjectNode required = JSON.objectNode();
    required.putArray("required").add(name);
    return with("object", "not", required);
  }

  private static ObjectNode member(String name, JsonNode value) {
    ObjectNode schema = type("object");
    schema.putArray("required").add(name);
    schema.putObject("properties").set(name, value);
    return schema;
  }

  private static void dependent(Map.Entry<String, JsonNode> entry, List<JsonNode> cases) {
    for (JsonNode name : entry.getValue()) {
      cases.add(all("allOf", List.of(member(entry.getKey(), BooleanNode.TRUE), lacks(name))));
    }
  }

  private void items(JsonNode schema, JsonNode items, List<JsonNode> cases) {
    if (items.isArray() || schema.has("prefixItems")) {
      gaps.add();
      cases.add(type("array"));
    } else {
      cases.add(with("array", "contains", not(items)));
    }
  }

  private void contains(JsonNode schema, JsonNode contained, List<JsonNode> cases) {
    if (schema.has("minContains") || schema.has("maxContains")) {
      gaps.add();
      cases.add(type("array"));
    } else {
      cases.add(with("array", "items", not(contained)));
    }
  }
}
