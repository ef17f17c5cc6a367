package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.CacheDetail;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** Token counts in both forms. In both, input tokens are those that no cache had. */
final class Usages {

  private static final String WRITTEN = "cache_creation_input_tokens";
  private static final String READ = "cache_read_input_tokens";

  private Usages() {}

  static ObjectNode write(TokenUsage usage) {
    ObjectNode written =
        Json.object()
            .put("input_tokens", count(usage.inputTokens()))
            .put(WRITTEN, count(usage.cacheWriteInputTokens()))
            .put(READ, count(usage.cacheReadInputTokens()));
    int hour = detail(usage, "1h");
    written
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", count(usage.cacheWriteInputTokens()) - hour)
        .put("ephemeral_1h_input_tokens", hour);
    return written.put("output_tokens", count(usage.outputTokens()));
  }

  private static int detail(TokenUsage usage, String ttl) {
    return usage.cacheDetails().stream()
        .filter(detail -> ttl.equals(detail.ttlAsString()))
        .mapToInt(CacheDetail::inputTokens)
        .sum();
  }

  private static int count(Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  /** Reads the count of a whole answer. */
  static TokenUsage read(JsonNode usage) {
    int input = usage.path("input_tokens").asInt();
    int output = usage.path("output_tokens").asInt();
    int read = usage.path(READ).asInt();
    int written = usage.path(WRITTEN).asInt();
    return TokenUsage.builder()
        .inputTokens(input)
        .outputTokens(output)
        .totalTokens(input + output + read + written)
        .cacheReadInputTokens(read)
        .cacheWriteInputTokens(written)
        .cacheDetails(details(usage.path("cache_creation")))
        .build();
  }

  private static List<CacheDetail> details(JsonNode creation) {
    List<CacheDetail> details = new ArrayList<>();
    for (String ttl : List.of("5m", "1h")) {
      int tokens = creation.path("ephemeral_" + ttl + "_input_tokens").asInt();
      if (tokens > 0) {
        details.add(CacheDetail.builder().ttl(ttl).inputTokens(tokens).build());
      }
    }
    return details;
  }
}
