package dev.outcrop.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was said, in the form that the conventions have for it: messages of typed parts. Images and
 * other media are named, not included. Native bodies are given as they are.
 */
record MessageContent(JsonNode body) {

  String input() {
    if (!body.path("messages").path(0).path("content").path(0).isObject()
        || body.path("messages").path(0).path("content").path(0).has("type")) {
      return body.toString(); // a native body
    }
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    body.get("messages").forEach(message -> messages.add(message(message)));
    return messages.toString();
  }

  String system() {
    return parts(body.get("system")).toString();
  }

  /** The answer, whether it came in one piece or as events. */
  static String output(List<JsonNode> pieces) {
    JsonNode first = pieces.getFirst();
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    if (first.has("output")) {
      ObjectNode message = message(first.at("/output/message"));
      messages.add(message.put("finish_reason", first.path("stopReason").asText()));
    } else if (first.has("messageStart")) {
      messages.add(collected(pieces));
    } else {
      messages.addAll(pieces);
    }
    return messages.toString();
  }

  private static ObjectNode message(JsonNode message) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    said.put("role", message.path("role").asText());
    said.set("parts", parts(message.path("content")));
    return said;
  }

  private static ArrayNode parts(JsonNode blocks) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    blocks.forEach(block -> parts.add(part(block)));
    return parts;
  }

  private static ObjectNode part(JsonNode block) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    String kind = block.fieldNames().hasNext() ? block.fieldNames().next() : "empty";
    JsonNode value = block.path(kind);
    return switch (kind) {
      case "text" -> part.put("type", "text").put("content", value.asText());
      case "toolUse" -> {
        part.put("type", "tool_call");
        part.put("id", value.path("toolUseId").asText()).put("name", value.path("name").asText());
        yield part.set("arguments", value.path("input"));
      }
      case "toolResult" -> {
        part.put("type", "tool_call_response").put("id", value.path("toolUseId").asText());
        yield part.set("response", value.path("content"));
      }
      case "reasoningContent" ->
          part.put("type", "reasoning").put("content", value.at("/reasoningText/text").asText());
      default -> part.put("type", kind);
    };
  }

  /** Text, reasoning and tool calls of a stream, put together by block. */
  private static ObjectNode collected(List<JsonNode> events) {
    Map<Integer, ObjectNode> blocks = new TreeMap<>();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    for (JsonNode event : events) {
      if (event.has("messageStart")) {
        message.put("role", event.at("/messageStart/role").asText());
      } else if (event.has("messageStop")) {
        message.put("finish_reason", event.at("/messageStop/stopReason").asText());
      } else if (event.has("contentBlockStart")) {
        JsonNode tool = event.at("/contentBlockStart/start/toolUse");
        ObjectNode block = block(blocks, event.get("contentBlockStart"));
        if (tool.isObject()) {
          block.put("type", "tool_call");
          block.put("id", tool.path("toolUseId").asText()).put("name", tool.path("name").asText());
        }
      } else if (event.has("contentBlockDelta")) {
        JsonNode delta = event.at("/contentBlockDelta/delta");
        ObjectNode block = block(blocks, event.get("contentBlockDelta"));
        append(block, "text", "content", delta.get("text"));
        append(block, "tool_call", "arguments", delta.at("/toolUse/input"));
        append(block, "reasoning", "content", delta.at("/reasoningContent/text"));
      }
    }
    ArrayNode parts = message.putArray("parts");
    blocks.values().forEach(parts::add);
    return message;
  }

  private static ObjectNode block(Map<Integer, ObjectNode> blocks, JsonNode event) {
    return blocks.computeIfAbsent(
        event.path("contentBlockIndex").asInt(), index -> JsonNodeFactory.instance.objectNode());
  }

  private static void append(ObjectNode block, String type, String field, JsonNode text) {
    if (text != null && text.isTextual()) {
      block.put("type", type);
      block.put(field, block.path(field).asText() + text.textValue());
    }
  }
}
