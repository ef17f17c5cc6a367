package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;

/** Puts the events of a streamed answer together to the message that it is. */
final class MessageBuilder {

  private final boolean withContent;
  private ObjectNode message = Json.object();
  private ObjectNode block;
  private StringBuilder piece = new StringBuilder();

  /**
   * @param withContent whether the content is wanted, too
   */
  MessageBuilder(boolean withContent) {
    this.withContent = withContent;
  }

  /** The message so far. */
  ObjectNode message() {
    return message;
  }

  void add(JsonNode event) {
    switch (event.path("type").asText()) {
      case "message_start" -> {
        if (event.path("message") instanceof ObjectNode start) {
          message = start;
        }
      }
      case "message_delta" -> {
        merge(event.path("delta"), message);
        merge(event.path("usage"), message.withObject("/usage"));
      }
      default -> {
        if (withContent) {
          content(event);
        }
      }
    }
  }

  /** Totals replace totals; what isn't said again stays. */
  private static void merge(JsonNode from, ObjectNode into) {
    for (var field : from.properties()) {
      if (!field.getValue().isNull() || !into.has(field.getKey())) {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private void content(JsonNode event) {
    switch (event.path("type").asText()) {
      case "content_block_start" -> {
        block = event.path("content_block") instanceof ObjectNode start ? start : Json.object();
        piece = new StringBuilder();
        message.withArray("/content").add(block);
      }
      case "content_block_delta" -> delta(event.path("delta"));
      case "content_block_stop" -> close();
      default -> {
        // Nothing of the content.
      }
    }
  }

  private void delta(JsonNode delta) {
    switch (delta.path("type").asText()) {
      case "text_delta" -> piece.append(delta.path("text").asText());
      case "thinking_delta" -> piece.append(delta.path("thinking").asText());
      case "input_json_delta" -> piece.append(delta.path("partial_json").asText());
      case "signature_delta" -> block.set("signature", delta.path("signature"));
      case "citations_delta" -> {
        if (!block.path("citations").isArray()) {
          block.putArray("citations");
        }
        block.withArray("/citations").add(delta.path("citation"));
      }
      default -> {
        // Refused by who reads the events.
      }
    }
  }

  private void close() {
    switch (block.path("type").asText()) {
      case "text" -> block.put("text", block.path("text").asText() + piece);
      case "thinking" -> block.put("thinking", block.path("thinking").asText() + piece);
      case "tool_use", "server_tool_use" -> {
        if (!piece.isEmpty()) {
          block.set("input", input());
        }
      }
      default -> {
        // Came whole.
      }
    }
  }

  private JsonNode input() {
    try {
      return Json.MAPPER.readTree(piece.toString());
    } catch (JsonProcessingException e) {
      throw new Failure(Kind.BROKEN, "it wrote a tool input that is not valid JSON", e);
    }
  }
}
