package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** Amazon Titan Text: {@code inputText}, completed as it stands, and its settings. */
final class TitanText {

  private static final Set<String> KEYS = Set.of("inputText", "textGenerationConfig");
  private static final Set<String> CONFIG_KEYS =
      Set.of("temperature", "topP", "maxTokenCount", "stopSequences");
  private static final Sampling SAMPLING =
      new Sampling("maxTokenCount", "temperature", 1, "topP", "stopSequences");

  private TitanText() {}

  static NativeBody read(Body body, Asked asked) {
    body.only(KEYS);
    Conversation conversation = Conversation.prompt(asked.modelId(), body.prompt("inputText"));
    InferenceConfiguration config =
        body.object("textGenerationConfig")
            .map(settings -> SAMPLING.read(settings.only(CONFIG_KEYS)))
            .orElse(null);
    return new ChatText(
        true,
        conversation.request(config).build(),
        TitanText::answer,
        () -> new TextChunks(TitanText::piece, TitanText::end));
  }

  private static ObjectNode answer(ConverseResponse response) {
    ObjectNode answer = Body.JSON.createObjectNode();
    answer.put("inputTextTokenCount", Answers.input(response.usage()));
    answer
        .putArray("results")
        .addObject()
        .put("tokenCount", response.usage().outputTokens())
        .put("outputText", Answers.text(response))
        .put("completionReason", reason(response.stopReasonAsString()));
    return answer;
  }

  private static ObjectNode piece(String text) {
    return chunk(text).putNull("totalOutputTextTokenCount").putNull("completionReason");
  }

  private static ObjectNode end(String stopReason, TokenUsage usage) {
    return chunk("")
        .put("totalOutputTextTokenCount", usage.outputTokens())
        .put("completionReason", reason(stopReason))
        .put("inputTextTokenCount", Answers.input(usage));
  }

  private static ObjectNode chunk(String text) {
    return Body.JSON.createObjectNode().put("outputText", text).put("index", 0);
  }

  private static String reason(String stopReason) {
    return switch (stopReason) {
      case "end_turn" -> "FINISH";
      case "max_tokens", "model_context_window_exceeded" -> "LENGTH";
      case "stop_sequence" -> "STOP_CRITERIA_MET";
      case "content_filtered", "guardrail_intervened" -> "CONTENT_FILTERED";
      default -> throw Answers.unexpected(stopReason);
    };
  }
}
