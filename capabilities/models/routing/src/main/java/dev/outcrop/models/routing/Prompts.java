package dev.outcrop.models.routing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.bodies.Body;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What a request asks: the text of the user's last message that has any. */
final class Prompts {
  private static final List<String> KEYS = List.of("prompt", "inputText", "message", "input");

  /** Marks of chat templates in ready prompts. */
  private static final Pattern MARKS = Pattern.compile("<\\|[^|>]{1,40}\\|>|</?s>|\\[/?INST]");

  private Prompts() {}

  /** The text; empty when there is none, or the body can't be read. */
  static String of(SdkRequest request) {
    return switch (request) {
      case ConverseStreamRequest converse -> last(converse.messages());
      case InvokeModelRequest invoke -> body(invoke.body());
      case InvokeModelWithResponseStreamRequest invoke -> body(invoke.body());
      case CountTokensRequest count when count.input() != null ->
          count.input().converse() != null
              ? last(count.input().converse().messages())
              : count.input().invokeModel() == null ? "" : body(count.input().invokeModel().body());
      default -> "";
    };
  }

  private static String last(List<Message> messages) {
    for (Message message : messages.reversed()) {
      if (message.role() == ConversationRole.USER) {
        String text =
            message.content().stream()
                .map(ContentBlock::text)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
        if (!text.isBlank()) {
          return text;
        }
      }
    }
    return "";
  }

  private static String body(SdkBytes bytes) {
    JsonNode body;
    try {
      body = Body.parse(bytes).json();
    } catch (ValidationException e) {
      return ""; // whose body it is says what is wrong with it
    }
    JsonNode messages = body.path("messages");
    for (int i = messages.size() - 1; i >= 0; i--) {
      JsonNode message = messages.path(i);
      String text = text(message.path("content"));
      if (message.path("role").asText().equals("user") && !text.isBlank()) {
        return text;
      }
    }
    for (String key : KEYS) {
      if (body.path(key).isTextual()) {
        return MARKS.matcher(body.path(key).textValue()).replaceAll(" ");
      }
    }
    return "";
  }

  /** A text, or the texts among blocks of any vendor's. */
  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      if (block.path("text").isTextual()) {
        text.append(text.isEmpty() ? "" : "\n").append(block.path("text").textValue());
      }
    }
    return text.toString();
  }
}
