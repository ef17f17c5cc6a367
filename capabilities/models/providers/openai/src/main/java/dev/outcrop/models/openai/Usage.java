package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** Token counts. OpenAI's prompt tokens contain those that a cache had; Bedrock's don't. */
final class Usage {

  private Usage() {}

  /** The usage object in a chunk; missing in most. */
  static JsonNode in(JsonNode chunk) {
    JsonNode usage = chunk.path("usage");
    return usage.isObject() ? usage : chunk.path("x_groq").path("usage");
  }

  static TokenUsage of(JsonNode usage) {
    int prompt = usage.path("prompt_tokens").asInt();
    int output = usage.path("completion_tokens").asInt();
    JsonNode details = usage.path("prompt_tokens_details");
    JsonNode cached = details.path("cached_tokens");
    if (!cached.isNumber()) {
      cached = usage.path("prompt_cache_hit_tokens"); // DeepSeek's
    }
    JsonNode written = details.path("cache_write_tokens"); // OpenRouter's
    int read = Math.clamp(cached.asInt(0), 0, prompt);
    int write = Math.clamp(written.asInt(0), 0, prompt - read);
    return TokenUsage.builder()
        .inputTokens(prompt - read - write)
        .outputTokens(output)
        .totalTokens(prompt + output)
        .cacheReadInputTokens(cached.isNumber() ? read : null)
        .cacheWriteInputTokens(written.isNumber() ? write : null)
        .build();
  }

  /** For counts that are known otherwise. */
  static TokenUsage of(int input, int output) {
    return TokenUsage.builder()
        .inputTokens(input)
        .outputTokens(output)
        .totalTokens(input + output)
        .build();
  }
}
