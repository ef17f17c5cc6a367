package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON in tests. */
public final class Json {
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Parses a template in which each {@code %s} is put as it is. */
  @SuppressWarnings("AnnotateFormatMethod") // an annotation is not worth a dependency
  public static JsonNode json(String template, Object... parts) {
    try {
      return MAPPER.readTree(parts.length == 0 ? template : template.formatted(parts));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(template, e);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
