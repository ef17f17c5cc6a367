package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * What a model is asked.
 *
 * @param operation of the model's interface, for example {@code converse}
 * @param model its id in the configuration
 * @param request in canonical form
 */
record Asked(String operation, String model, JsonNode request) {

  static Asked of(String operation, String model, JsonNode request) {
    return new Asked(operation, model, Canonical.of(request));
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("operation", operation);
    json.put("model", model);
    json.set("request", request);
    return json;
  }

  /** The name of its file, without a number and an extension. */
  String name() {
    return operation
        + "-"
        + Digest.of(json().toString().getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }
}
