package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.wire.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks of request fields that several operations share. Each is honoured here or refused. */
final class CommonFields {

  private static final int MAX_METADATA = 16;
  private static final Pattern METADATA_KEY = Pattern.compile("[a-zA-Z0-9\\s:_@$#=/+,.-]{1,256}");
  private static final Pattern METADATA_VALUE = Pattern.compile("[a-zA-Z0-9\\s:_@$#=/+,.-]{0,256}");

  private CommonFields() {}

  /** A request is not run without the guardrail that it asks for. */
  static void guardrail(boolean present) {
    if (present) {
      throw RefusedException.notImplemented("A guardrail around a model");
    }
  }

  /** The header of InvokeModel: a JSON object of texts. */
  static Map<String, String> metadata(String json) {
    if (json == null) {
      return Map.of();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      JsonNode node = new JsonMapper().readTree(json);
      if (!node.isObject()) {
        throw RuntimeErrors.invalid("requestMetadata must be a JSON object of strings.");
      }
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!entry.getValue().isTextual()) {
          throw RuntimeErrors.invalid("requestMetadata must be a JSON object of strings.");
        }
        metadata.put(entry.getKey(), entry.getValue().textValue());
      }
    } catch (JsonProcessingException e) {
      throw RuntimeErrors.invalid("requestMetadata is not valid JSON.");
    }
    metadata(metadata);
    return metadata;
  }

  /** Metadata goes to the invocation log; it never changes an answer. */
  static void metadata(Map<String, String> metadata) {
    if (metadata.size() > MAX_METADATA) {
      throw RuntimeErrors.invalid(
          "requestMetadata has " + metadata.size() + " entries, at most " + MAX_METADATA + ".");
    }
    metadata.forEach(
        (key, value) -> {
          if (!METADATA_KEY.matcher(key).matches() || !METADATA_VALUE.matcher(value).matches()) {
            throw RuntimeErrors.invalid(
                "requestMetadata entry '"
                    + key
                    + "' must have a key of 1 to 256 and a value of up to 256 letters, digits,"
                    + " spaces and :_@$#=/+,-.");
          }
        });
  }
}
