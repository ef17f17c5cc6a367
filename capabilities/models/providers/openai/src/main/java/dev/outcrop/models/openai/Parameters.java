package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;

/** How to answer: {@code inferenceConfig} and {@code additionalModelRequestFields}. */
final class Parameters {

  /** What this provider writes itself; a client can't write over it. */
  private static final Set<String> OURS =
      Set.of(
          "model",
          "models", // OpenRouter's others, which a key may not be allowed to use
          "messages",
          "prompt",
          "stream",
          "stream_options",
          "tools",
          "tool_choice",
          "max_tokens",
          "max_completion_tokens");

  /** What {@code inferenceConfig} can say, too. */
  private static final Set<String> INFERENCE = Set.of("temperature", "top_p", "stop");

  /** The one choice of tools that Converse has no field for: that none may be called. */
  private static final Document NONE = Document.fromString("none");

  /** Below so many tokens of thought the effort is low, or medium. */
  private static final int LOW_BUDGET = 4_096;

  private static final int MEDIUM_BUDGET = 16_384;

  private Parameters() {}

  static void put(
      ConverseStreamRequest request, ObjectNode body, ChatOptions options, String maxTokensField) {
    if (request.inferenceConfig() != null) {
      inference(request.inferenceConfig(), body, options, maxTokensField);
    }
    if (request.additionalModelRequestFields() != null) {
      additional(request.additionalModelRequestFields(), body, options);
    }
    Outputs.put(request, body, options);
    Json.lay(options.extraBody(), body);
  }

  private static void inference(
      InferenceConfiguration config, ObjectNode body, ChatOptions options, String maxTokensField) {
    if (config.maxTokens() != null) {
      body.put(maxTokensField, config.maxTokens());
    }
    if (config.temperature() != null) {
      body.put("temperature", decimal(config.temperature()));
    }
    if (config.topP() != null) {
      body.put("top_p", decimal(config.topP()));
    }
    if (!config.stopSequences().isEmpty()) {
      int most = options.stopLimit();
      if (most > 0 && config.stopSequences().size() > most) {
        throw RuntimeErrors.invalid(
            "inferenceConfig.stopSequences has %d entries; this model supports at most %d. Remove some and try again."
                .formatted(config.stopSequences().size(), most));
      }
      config.stopSequences().forEach(body.withArray("stop")::add);
    }
  }

  /** The digits that the client wrote: 0.7f is 0.7, not 0.699999988. */
  private static BigDecimal decimal(float value) {
    return new BigDecimal(Float.toString(value));
  }

  private static void additional(Document fields, ObjectNode body, ChatOptions options) {
    if (!fields.isMap()) {
      throw Refusals.invalid("additionalModelRequestFields", "must be an object");
    }
    for (Map.Entry<String, Document> field : fields.asMap().entrySet()) {
      String name = field.getKey();
      String path = "additionalModelRequestFields." + name;
      if (name.equals("tool_choice") && field.getValue().equals(NONE) && options.toolChoice()) {
        body.put(name, "none");
        continue;
      }
      if (OURS.contains(name)) {
        throw Refusals.invalid(path, "can't be set here; Converse has a field for it");
      }
      if (options.server().ignored().contains(name)) {
        throw Refusals.field(path);
      }
      JsonNode value = JsonDocuments.json(field.getValue());
      switch (name) {
        case "n", "best_of" -> one(value, path);
        case "thinking" -> thinking(value, body, options, path);
        default -> set(options.server().field(name), value, body, path);
      }
    }
  }

  private static void set(String name, JsonNode value, ObjectNode body, String path) {
    if (INFERENCE.contains(name) && body.has(name)) {
      throw Refusals.invalid(path, "conflicts with inferenceConfig, which says the same");
    }
    body.set(name, value);
  }

  private static void one(JsonNode value, String path) {
    if (value.asInt() != 1) {
      throw Refusals.invalid(path, "must be 1");
    }
  }

  private static void thinking(JsonNode value, ObjectNode body, ChatOptions options, String path) {
    String type = value.path("type").asText();
    if (!Set.of("enabled", "disabled", "adaptive").contains(type)) {
      throw Refusals.invalid(path + ".type", "must be enabled, adaptive or disabled");
    }
    switch (options.thinking()) {
      case FIELD -> body.set("thinking", value);
      case TEMPLATE ->
          body.withObject("/chat_template_kwargs").put("enable_thinking", !type.equals("disabled"));
      case EFFORT -> {
        if (type.equals("disabled")) {
          body.put("reasoning_effort", "none");
        } else if (value.has("budget_tokens") && !body.has("reasoning_effort")) {
          body.put("reasoning_effort", effort(value.get("budget_tokens").asInt()));
        }
      }
    }
  }

  private static String effort(int budget) {
    return budget < LOW_BUDGET ? "low" : budget < MEDIUM_BUDGET ? "medium" : "high";
  }
}
