package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * {@code additionalModelRequestFields}: the names that all providers know become Anthropic's, any
 * other goes into the body as it is, for Anthropic to take or refuse.
 */
final class MoreFields {

  private MoreFields() {}

  /**
   * Adds the fields to a body.
   *
   * @param betas receives {@code anthropic_beta}, which travels in a header
   */
  static void add(Document fields, ObjectNode body, List<String> betas) {
    JsonNode more = JsonDocuments.json(fields);
    if (!(more instanceof ObjectNode object)) {
      throw RuntimeErrors.invalid("additionalModelRequestFields must be an object.");
    }
    for (var field : object.properties()) {
      add(field.getKey(), field.getValue(), body, betas);
    }
    if (object.has("parallel_tool_calls")) {
      parallel(object.get("parallel_tool_calls"), body);
    }
  }

  private static void add(String key, JsonNode value, ObjectNode body, List<String> betas) {
    switch (key) {
      case "anthropic_beta" -> betas.addAll(texts(value));
      case "user" -> body.withObject("/metadata").set("user_id", value);
      case "reasoning_effort" -> put(key, "effort", value, body.withObject("/output_config"));
      case "output_config", "metadata" -> merge(key, value, body);
      case "tools" -> tools(value, body);
      case "tool_choice" -> {
        boolean none = value.isTextual() && value.textValue().equals("none");
        put(key, key, none ? Json.object().put("type", "none") : value, body);
      }
      case "n" -> {
        if (value.asInt() != 1) {
          throw RuntimeErrors.invalid("This model doesn't support more than one answer (n).");
        }
      }
      case "parallel_tool_calls" -> {
        // Belongs into tool_choice, which comes in any order.
      }
      case "model", "messages", "stream" -> throw conflict(key);
      default -> put(key, key, value, body);
    }
  }

  private static void put(String said, String key, JsonNode value, ObjectNode into) {
    if (into.has(key)) {
      throw conflict(said);
    }
    into.set(key, value);
  }

  private static ValidationException conflict(String key) {
    return RuntimeErrors.invalid(
        "The additional field " + key + " conflicts with an existing field.");
  }

  private static void merge(String key, JsonNode value, ObjectNode body) {
    if (!value.isObject()) {
      throw RuntimeErrors.invalid("The additional field " + key + " must be an object.");
    }
    ObjectNode into = body.withObject("/" + key);
    value.properties().forEach(field -> put(key, field.getKey(), field.getValue(), into));
  }

  private static void tools(JsonNode value, ObjectNode body) {
    if (!value.isArray()) {
      throw RuntimeErrors.invalid("The additional field tools must be a list.");
    }
    body.withArray("/tools").addAll((ArrayNode) value);
  }

  private static List<String> texts(JsonNode value) {
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    return value.valueStream().map(JsonNode::asText).toList();
  }

  private static void parallel(JsonNode value, ObjectNode body) {
    if (!value.isBoolean()) {
      throw RuntimeErrors.invalid("The additional field parallel_tool_calls must be a boolean.");
    }
    boolean none = body.path("tool_choice").path("type").asText().equals("none");
    if (!body.has("tools") || none) {
      return;
    }
    ObjectNode choice = body.withObject("/tool_choice");
    if (choice.isEmpty()) {
      choice.put("type", "auto");
    }
    choice.put("disable_parallel_tool_use", !value.booleanValue());
  }
}
