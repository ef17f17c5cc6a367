package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;

/**
 * The body of Amazon Titan Text: {@code inputText} and {@code textGenerationConfig}.
 *
 * @param request one user message with the prompt
 */
public record TitanText(ConverseStreamRequest request) implements ChatBody {

  private static final Set<String> KEYS = Set.of("inputText", "textGenerationConfig");
  private static final Set<String> CONFIG_KEYS =
      Set.of("temperature", "topP", "maxTokenCount", "stopSequences");

  static TitanText read(Body body, String model) {
    body.only(KEYS);
    String prompt = body.requiredText("inputText");
    if (prompt.isEmpty()) {
      throw Body.malformed("expected minLength: 1, actual: 0");
    }
    return new TitanText(
        ConverseStreamRequest.builder()
            .modelId(model)
            .messages(message -> message.role("user").content(ContentBlock.fromText(prompt)))
            .inferenceConfig(
                body.object("textGenerationConfig").map(TitanText::config).orElse(null))
            .build());
  }

  private static InferenceConfiguration config(Body body) {
    body.only(CONFIG_KEYS);
    return InferenceConfiguration.builder()
        .temperature(body.number("temperature", 0, 1).map(Double::floatValue).orElse(null))
        .topP(body.number("topP", 0, 1).map(Double::floatValue).orElse(null))
        .maxTokens(body.integer("maxTokenCount", 1, Integer.MAX_VALUE).orElse(null))
        .stopSequences(body.texts("stopSequences").orElse(List.of()))
        .build();
  }

  @Override
  public boolean raw() {
    return true;
  }

  @Override
  public ObjectNode answer(ConverseResponse response) {
    ObjectNode answer = Body.JSON.createObjectNode();
    answer.put("inputTextTokenCount", response.usage().inputTokens());
    answer
        .putArray("results")
        .addObject()
        .put("tokenCount", response.usage().outputTokens())
        .put("outputText", Answers.text(response))
        .put("completionReason", reason(response.stopReasonAsString()));
    return answer;
  }

  @Override
  public Chunks chunks() {
    return new Chunks() {
      @Override
      public ObjectNode text(String text) {
        return chunk(text).putNull("totalOutputTextTokenCount").putNull("completionReason");
      }

      @Override
      public ObjectNode end(String stopReason, int inputTokens, int outputTokens) {
        return chunk("")
            .put("totalOutputTextTokenCount", outputTokens)
            .put("completionReason", reason(stopReason))
            .put("inputTextTokenCount", inputTokens);
      }
    };
  }

  private static ObjectNode chunk(String text) {
    return Body.JSON.createObjectNode().put("outputText", text).put("index", 0);
  }

  private static String reason(String stopReason) {
    return switch (stopReason) {
      case "end_turn" -> "FINISH";
      case "max_tokens" -> "LENGTH";
      case "stop_sequence" -> "STOP_CRITERIA_MET";
      case "content_filtered", "guardrail_intervened" -> "CONTENT_FILTERED";
      default -> throw Answers.unexpected(stopReason);
    };
  }
}
