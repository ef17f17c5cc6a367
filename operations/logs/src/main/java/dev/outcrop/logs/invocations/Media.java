package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;

/**
 * Leaves out the images, videos and sounds of a conversation whose delivery is not enabled: the
 * {@code source} of such a block, in Converse's form and in that of Anthropic's Messages.
 */
final class Media {
  private Media() {}

  static JsonNode without(JsonNode body, LoggingConfig config) {
    Set<String> kinds = new HashSet<>();
    add(kinds, "image", config.imageDataDeliveryEnabled());
    add(kinds, "video", config.videoDataDeliveryEnabled());
    add(kinds, "audio", config.audioDataDeliveryEnabled());
    if (kinds.isEmpty()) {
      return body;
    }
    JsonNode copy = body.deepCopy();
    strip(copy, kinds);
    return copy;
  }

  private static void add(Set<String> kinds, String kind, Boolean enabled) {
    if (Boolean.FALSE.equals(enabled)) {
      kinds.add(kind);
    }
  }

  private static void strip(JsonNode node, Set<String> kinds) {
    if (node instanceof ObjectNode object) {
      if (object.has("source") && kinds.contains(object.path("type").asText())) {
        object.remove("source");
      }
      Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        if (kinds.contains(field.getKey()) && field.getValue() instanceof ObjectNode block) {
          block.remove("source");
        }
        strip(field.getValue(), kinds);
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(child -> strip(child, kinds));
    }
  }
}
