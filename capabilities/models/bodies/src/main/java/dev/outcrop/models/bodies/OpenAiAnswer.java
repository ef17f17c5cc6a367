package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTierType;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** OpenAI's answers, in one piece; what they share with the streamed ones. */
final class OpenAiAnswer {

  private final String id = "chatcmpl-" + UUID.randomUUID();
  private final long created = Instant.now().getEpochSecond();
  private final String model;
  final OpenAiChat.Thinking thinking;

  OpenAiAnswer(String model, OpenAiChat.Thinking thinking) {
    this.model = model;
    this.thinking = thinking;
  }

  ObjectNode whole(ConverseResponse response) {
    ObjectNode answer = head("chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    message(choice.putObject("message").put("role", "assistant"), response);
    choice.putNull("logprobs");
    choice.put("finish_reason", reason(response.stopReasonAsString()));
    tier(answer, response.serviceTier());
    usage(answer.putObject("usage"), response.usage());
    return answer;
  }

  /** The tier that served, where the model tells it. */
  static void tier(ObjectNode answer, ServiceTier tier) {
    if (tier != null) {
      boolean reserved = tier.type() == ServiceTierType.RESERVED;
      answer.put("service_tier", reserved ? "scale" : tier.typeAsString());
    }
  }

  private void message(ObjectNode message, ConverseResponse response) {
    String text = Answers.text(response);
    String thought = Answers.reasoning(response);
    List<ToolUseBlock> calls = Answers.toolUses(response);
    if (!thought.isEmpty() && thinking == OpenAiChat.Thinking.TAGS) {
      text = "<reasoning>" + thought + "</reasoning>" + text;
    }
    message.put("content", text.isEmpty() && !calls.isEmpty() ? null : text);
    message.putNull("refusal");
    if (!thought.isEmpty() && thinking == OpenAiChat.Thinking.FIELD) {
      message.put("reasoning_content", thought);
      Answers.signature(response).ifPresent(s -> message.put("reasoning_signature", s));
    }
    if (!calls.isEmpty()) {
      calls(message.putArray("tool_calls"), calls);
    }
  }

  static void calls(ArrayNode array, List<ToolUseBlock> calls) {
    for (ToolUseBlock call : calls) {
      array
          .addObject()
          .put("id", call.toolUseId())
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", JsonDocuments.json(call.input()).toString());
    }
  }

  ObjectNode head(String object) {
    return Body.JSON
        .createObjectNode()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }

  static void usage(ObjectNode node, TokenUsage usage) {
    int input = Answers.input(usage);
    node.put("prompt_tokens", input)
        .put("completion_tokens", usage.outputTokens())
        .put("total_tokens", input + usage.outputTokens());
    if (usage.cacheReadInputTokens() != null) {
      node.putObject("prompt_tokens_details").put("cached_tokens", usage.cacheReadInputTokens());
    }
  }

  static String reason(String stopReason) {
    return switch (stopReason) {
      case "end_turn", "stop_sequence" -> "stop";
      case "max_tokens", "model_context_window_exceeded" -> "length";
      case "tool_use" -> "tool_calls";
      case "content_filtered", "guardrail_intervened" -> "content_filter";
      default -> throw Answers.unexpected(stopReason);
    };
  }
}
