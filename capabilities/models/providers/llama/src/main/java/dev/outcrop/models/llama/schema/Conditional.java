package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema with {@code if}: either the condition holds and {@code then}, or it does not and {@code
 * else}. Conditions that can be turned round say which of a few values properties have, or that
 * they are there.
 */
final class Conditional {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final JsonNode schema;

  Conditional(JsonNode schema) {
    this.schema = schema;
  }

  List<List<JsonNode>> choices() {
    List<JsonNode> options = new ArrayList<>();
    if (schema.has("then")) {
      options.add(both(schema.get("if"), schema.get("then")));
    } else {
      options.add(schema.get("if"));
    }
    for (JsonNode not : negated(schema.get("if"))) {
      options.add(schema.has("else") ? both(not, schema.get("else")) : not);
    }
    return List.of(options);
  }

  private static JsonNode both(JsonNode one, JsonNode other) {
    ObjectNode both = JSON.objectNode();
    both.putArray("allOf").add(one).add(other);
    return both;
  }

  /** That an object has no such member. */
  static JsonNode absent(String name) {
    ObjectNode schema = JSON.objectNode();
    schema.putObject("properties").set(name, BooleanNode.FALSE);
    return schema;
  }

  private static List<JsonNode> negated(JsonNode condition) {
    List<JsonNode> cases = new ArrayList<>();
    for (var field : condition.properties()) {
      switch (field.getKey()) {
        case "properties" ->
            field.getValue().properties().forEach(p -> cases.add(other(p.getKey(), p.getValue())));
        case "required" -> field.getValue().forEach(name -> cases.add(absentObject(name.asText())));
        case "type" -> {
          if (!field.getValue().asText().equals("object")) {
            throw refuse();
          }
        }
        case "title", "description", "$comment" -> {
          // Says nothing about values.
        }
        default -> throw refuse();
      }
    }
    return cases;
  }

  private static JsonNode absentObject(String name) {
    ObjectNode schema = (ObjectNode) absent(name);
    return schema.put("type", "object");
  }

  /** That an object has the member with a value other than this schema's. */
  private static JsonNode other(String name, JsonNode value) {
    ObjectNode schema = JSON.objectNode();
    schema.put("type", "object");
    schema.putArray("required").add(name);
    ObjectNode not = JSON.objectNode();
    if (value.has("const")) {
      not.putArray("enum").add(value.get("const"));
    } else if (value.path("enum").isArray()) {
      not.set("enum", (ArrayNode) value.get("enum"));
    } else {
      throw refuse();
    }
    schema.putObject("properties").putObject(name).set("not", not);
    return schema;
  }

  private static SchemaException refuse() {
    return new SchemaException(
        "the keyword if is supported with conditions made of properties with const or enum, and"
            + " required");
  }
}
