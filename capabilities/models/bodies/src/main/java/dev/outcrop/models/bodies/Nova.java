package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.operations.Constraints;
import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Amazon Nova's understanding models: Converse's own shapes, with bytes in base64, {@code topK} and
 * the reasoning among the inference settings, which also have the names of the first samples.
 */
final class Nova {

  /** The same as Converse's, read by its shapes. */
  private static final Set<String> SHARED = Set.of("messages", "system", "toolConfig");

  private static final Set<String> KEYS =
      Set.of("schemaVersion", "messages", "system", "inferenceConfig", "toolConfig");
  private static final Set<String> CONFIG_KEYS =
      Set.of(
          "maxTokens",
          "max_new_tokens",
          "temperature",
          "topP",
          "top_p",
          "topK",
          "top_k",
          "stopSequences",
          "reasoningConfig");

  private Nova() {}

  static NativeBody read(Body body, Asked asked) {
    if (asked.modelId().matches("amazon\\.nova-(reel|sonic|2-sonic).*")) {
      throw RuntimeErrors.invalid(
          "The model "
              + asked.modelId()
              + " has no body for InvokeModel: videos are made by StartAsyncInvoke, speech by"
              + " InvokeModelWithBidirectionalStream.");
    }
    body.only(KEYS).choice("schemaVersion", "messages-v1");
    if (!body.has("messages")) {
      throw body.missing("messages");
    }
    ObjectNode shared = body.json().deepCopy();
    shared.retain(SHARED);
    ConverseStreamRequest request = Sdk.read("#", shared, ConverseStreamRequest::builder);
    Conversation settings = new Conversation(asked.modelId());
    Optional<Body> config = body.object("inferenceConfig");
    config.ifPresent(c -> more(c.only(CONFIG_KEYS), settings));
    ConverseStreamRequest own =
        settings
            .request(config.map(Nova::sampling).map(s -> s.read(config.get())).orElse(null))
            .build();
    ConverseStreamRequest whole =
        request.toBuilder()
            .modelId(asked.modelId())
            .inferenceConfig(own.inferenceConfig())
            .additionalModelRequestFields(own.additionalModelRequestFields())
            .build();
    check(whole);
    return new ChatText(false, whole, Nova::answer, () -> Nova::chunks);
  }

  /** The shapes are Converse's, and so are their limits. */
  private static void check(ConverseStreamRequest request) {
    Operation converse = OperationIndex.get().byRequestClass(ConverseStreamRequest.class);
    List<Violation> violations = Constraints.violations(converse, request);
    if (!violations.isEmpty()) {
      throw RuntimeErrors.invalid(Violation.message(violations));
    }
  }

  private static Sampling sampling(Body config) {
    return new Sampling(
        config.either("maxTokens", "max_new_tokens"),
        "temperature",
        1,
        config.either("topP", "top_p"),
        "stopSequences");
  }

  private static void more(Body config, Conversation settings) {
    settings.more("top_k", config.integer(config.either("topK", "top_k"), 0, Integer.MAX_VALUE));
    config.object("reasoningConfig").ifPresent(reasoning -> reasoning(reasoning, settings));
  }

  private static void reasoning(Body reasoning, Conversation settings) {
    reasoning.only(Set.of("type", "maxReasoningEffort"));
    String type =
        reasoning
            .choice("type", "enabled", "disabled")
            .orElseThrow(() -> reasoning.missing("type"));
    if (type.equals("disabled")) {
      reasoning.refuse("maxReasoningEffort", "reasoning is disabled");
      return;
    }
    String effort =
        reasoning.choice("maxReasoningEffort", "low", "medium", "high").orElse("medium");
    settings.more("reasoning_effort", Body.JSON.getNodeFactory().textNode(effort));
  }

  private static ObjectNode answer(ConverseResponse response) {
    ObjectNode answer = Body.JSON.createObjectNode();
    answer.set("output", Sdk.json(response.output()));
    answer.put("stopReason", response.stopReasonAsString());
    answer.set("usage", usage(response.usage()));
    return answer;
  }

  private static ObjectNode usage(TokenUsage usage) {
    return Body.JSON
        .createObjectNode()
        .put("inputTokens", usage.inputTokens())
        .put("outputTokens", usage.outputTokens())
        .put("totalTokens", usage.totalTokens())
        .put("cacheReadInputTokenCount", Answers.orZero(usage.cacheReadInputTokens()))
        .put("cacheWriteInputTokenCount", Answers.orZero(usage.cacheWriteInputTokens()));
  }

  private static List<ObjectNode> chunks(ConverseStreamOutput event) {
    return switch (event) {
      case MessageStartEvent start -> List.of(chunk("messageStart", start));
      case ContentBlockStartEvent start -> List.of(chunk("contentBlockStart", start));
      case ContentBlockDeltaEvent delta -> List.of(chunk("contentBlockDelta", delta));
      case ContentBlockStopEvent stop -> List.of(chunk("contentBlockStop", stop));
      case MessageStopEvent stop -> List.of(chunk("messageStop", stop));
      case ConverseStreamMetadataEvent last -> {
        ObjectNode chunk = Body.JSON.createObjectNode();
        ObjectNode metadata = chunk.putObject("metadata");
        ObjectNode usage = usage(last.usage());
        usage.remove("totalTokens"); // Only answers in one piece have it.
        metadata.set("usage", usage);
        metadata.putObject("metrics");
        metadata.putObject("trace");
        yield List.of(chunk);
      }
      default -> List.of();
    };
  }

  private static ObjectNode chunk(String name, SdkPojo event) {
    ObjectNode chunk = Body.JSON.createObjectNode();
    chunk.set(name, Sdk.json(event));
    return chunk;
  }
}
