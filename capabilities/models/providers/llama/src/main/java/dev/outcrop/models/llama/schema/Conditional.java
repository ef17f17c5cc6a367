package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A schema with {@code if}: either it holds and {@code then}, or it does not and {@code else}. */
final class Conditional {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final JsonNode schema;

  Conditional(JsonNode schema) {
    this.schema = schema;
  }

  /** What one of must hold. */
  List<JsonNode> choices() {
    if (!schema.has("then") && !schema.has("else")) {
      return List.of(BooleanNode.TRUE);
    }
    return List.of(
        both(schema.get("if"), branch("then")), both(not(schema.get("if")), branch("else")));
  }

  /** What one of must hold when the keywords do not. */
  List<JsonNode> failures() {
    return List.of(
        both(schema.get("if"), not(branch("then"))),
        both(not(schema.get("if")), not(branch("else"))));
  }

  private JsonNode branch(String keyword) {
    return schema.has(keyword) ? schema.get(keyword) : BooleanNode.TRUE;
  }

  private static JsonNode not(JsonNode schema) {
    return JSON.objectNode().set("not", schema);
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
}
