package dev.outcrop.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.upstream.EntryOptions;

/** JSON as this package writes it. */
final class Json {

  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An option that is a JSON object; empty when it isn't given. */
  static ObjectNode object(EntryOptions options, String key) {
    try {
      if (MAPPER.readTree(options.text(key, "{}")) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Told below.
    }
    options.problem(key + " must be a JSON object");
    return object();
  }

  /** Lays members over others; objects on both sides become one. */
  static void lay(ObjectNode over, ObjectNode body) {
    over.properties()
        .forEach(
            field -> {
              if (field.getValue() instanceof ObjectNode inner
                  && body.get(field.getKey()) instanceof ObjectNode below) {
                lay(inner, below);
              } else {
                body.set(field.getKey(), field.getValue().deepCopy());
              }
            });
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }
}
