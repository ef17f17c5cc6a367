package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Mistral's and DeepSeek R1's completions: a ready prompt, and a list with one text. They differ in
 * the list's name and in {@code top_k}, which only Mistral has.
 */
final class Completion {

  private static final Set<String> KEYS =
      Set.of("prompt", "max_tokens", "stop", "temperature", "top_p");
  private static final Sampling SAMPLING =
      new Sampling("max_tokens", "temperature", 1, "top_p", "stop");

  private final String list;

  private Completion(String list) {
    this.list = list;
  }

  static NativeBody mistral(Body body, Asked asked) {
    return body.has("messages")
        ? MistralChat.read(body, asked)
        : new Completion("outputs").read(body, asked, true);
  }

  static NativeBody deepSeek(Body body, Asked asked) {
    return body.has("messages")
        ? OpenAiChat.read(body, asked)
        : new Completion("choices").read(body, asked, false);
  }

  private NativeBody read(Body body, Asked asked, boolean topK) {
    Set<String> keys = new HashSet<>(KEYS);
    if (topK) {
      keys.add("top_k");
    }
    body.only(keys);
    Conversation conversation = Conversation.prompt(asked.modelId(), body.prompt("prompt"));
    conversation.more("top_k", body.integer("top_k", 0, Integer.MAX_VALUE));
    return new ChatText(
        true,
        conversation.request(SAMPLING.read(body)).build(),
        response -> said(Answers.text(response), response.stopReasonAsString()),
        () -> new TextChunks(this::piece, this::end));
  }

  private ObjectNode piece(String text) {
    ObjectNode answer = Body.JSON.createObjectNode();
    answer.putArray(list).addObject().put("text", text).putNull("stop_reason");
    return answer;
  }

  private ObjectNode end(String stopReason, TokenUsage usage) {
    return said("", stopReason);
  }

  private ObjectNode said(String text, String stopReason) {
    ObjectNode answer = Body.JSON.createObjectNode();
    answer
        .putArray(list)
        .addObject()
        .put("text", text)
        .put("stop_reason", Answers.stopOrLength(stopReason));
    return answer;
  }
}
