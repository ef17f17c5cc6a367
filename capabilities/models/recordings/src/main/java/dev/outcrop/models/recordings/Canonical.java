package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request as it is compared and written: members in order; ids of tool calls and UUIDs numbered
 * as they appear, for they differ from run to run; request metadata left out, for no model sees it;
 * long binary content by its digest; secrets taken out.
 */
final class Canonical {
  private static final Set<String> TOOL_IDS = Set.of("toolUseId", "tool_use_id", "tool_call_id");
  private static final Set<String> BINARY = Set.of("bytes", "data", "url", "image", "images");
  private static final Set<String> LEFT_OUT = Set.of("requestMetadata", "modelId");
  private static final int LONG = 1_024;
  private static final Pattern UUID =
      Pattern.compile("\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b");

  private final Map<String, String> toolIds = new LinkedHashMap<>();
  private final Map<String, String> uuids = new HashMap<>();

  private Canonical() {}

  static JsonNode of(JsonNode request) {
    Canonical canonical = new Canonical();
    canonical.collect(request);
    return canonical.value("", request);
  }

  private void collect(JsonNode node) {
    node.properties()
        .forEach(
            field -> {
              if (TOOL_IDS.contains(field.getKey()) && field.getValue().isTextual()) {
                toolIds.computeIfAbsent(
                    field.getValue().textValue(), id -> "tool-" + (toolIds.size() + 1));
              }
            });
    node.forEach(this::collect);
  }

  private JsonNode value(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = JsonNodeFactory.instance.objectNode();
      Map<String, JsonNode> fields = new TreeMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      fields.keySet().removeAll(LEFT_OUT);
      fields.forEach(
          (key, value) ->
              sorted.set(
                  key,
                  Secrets.named(key) && value.isTextual()
                      ? TextNode.valueOf(Secrets.MASK)
                      : value(key, value)));
      return sorted;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> values.add(value(name, element)));
      return values;
    }
    return node.isTextual() ? TextNode.valueOf(text(name, node.textValue())) : node;
  }

  private String text(String name, String text) {
    if (BINARY.contains(name) && text.length() > LONG) {
      return "sha256:%s of %d characters"
          .formatted(Digest.of(text.getBytes(StandardCharsets.UTF_8)), text.length());
    }
    String id = toolIds.get(text);
    return id != null ? id : Secrets.masked(uuids(text));
  }

  private String uuids(String text) {
    return text.indexOf('-') < 0
        ? text
        : UUID.matcher(text)
            .replaceAll(
                found ->
                    uuids.computeIfAbsent(found.group(), uuid -> "uuid-" + (uuids.size() + 1)));
  }
}
