package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTierType;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** The answer of the Responses API: what was asked, and what has become of it. */
final class ResponseObject {

  private final ObjectNode head;
  private final ResponseRequest request;
  private final String id = ResponseIds.of("resp_");
  private final long created;

  ResponseObject(ResponseRequest request, long created) {
    this.request = request;
    this.created = created;
    this.head = head();
  }

  private ObjectNode head() {
    ObjectNode head =
        Json.object()
            .put("id", id)
            .put("object", "response")
            .put("created_at", created)
            .put("status", "in_progress")
            .put("background", false);
    for (String none : new String[] {"error", "incomplete_details"}) {
      head.putNull(none);
    }
    said(head, "instructions", null);
    said(head, "max_output_tokens", null);
    head.putNull("max_tool_calls");
    head.put("model", request.model());
    head.putArray("output");
    said(head, "parallel_tool_calls", Json.bool(true));
    head.put("previous_response_id", request.previous().isEmpty() ? null : request.previous());
    said(head, "reasoning", Json.object().putNull("effort").putNull("summary"));
    said(head, "safety_identifier", null);
    head.put("service_tier", "default");
    head.put("store", request.store());
    said(head, "temperature", null);
    ObjectNode text = Json.object();
    text.putObject("format").put("type", "text");
    said(head, "text", text);
    said(head, "tool_choice", Json.text("auto"));
    said(head, "tools", Json.array());
    head.put("top_logprobs", 0);
    said(head, "top_p", null);
    head.put("truncation", "disabled");
    head.putNull("usage");
    said(head, "user", null);
    said(head, "metadata", Json.object());
    return head;
  }

  private void said(ObjectNode head, String key, JsonNode otherwise) {
    head.set(key, request.body().json(key).orElse(otherwise));
  }

  String id() {
    return id;
  }

  long created() {
    return created;
  }

  /** As it is while the model writes. */
  ObjectNode begun() {
    return head.deepCopy();
  }

  /**
   * As it is in the end.
   *
   * @param stopReason Converse's
   * @param tier that served; null when the model has no tiers
   */
  ObjectNode ended(String stopReason, TokenUsage usage, ServiceTier tier, ArrayNode output) {
    ObjectNode ended = head.deepCopy();
    if (tier != null) {
      boolean reserved = tier.type() == ServiceTierType.RESERVED;
      ended.put("service_tier", reserved ? "scale" : tier.typeAsString());
    }
    String cut =
        switch (stopReason) {
          case "max_tokens", "model_context_window_exceeded" -> "max_output_tokens";
          case "content_filtered", "guardrail_intervened" -> "content_filter";
          default -> null;
        };
    ended.put("status", cut == null ? "completed" : "incomplete");
    ended.set("output", output);
    if (cut == null) {
      ended.put("completed_at", Math.max(created, System.currentTimeMillis() / 1000));
    } else {
      ended.putObject("incomplete_details").put("reason", cut);
      if (!output.isEmpty()) {
        ((ObjectNode) output.get(output.size() - 1)).put("status", "incomplete");
      }
    }
    usage(ended.putObject("usage"), usage);
    return ended;
  }

  /** As it is when the model failed midway. */
  ObjectNode failed(ApiError error, ArrayNode output) {
    ObjectNode failed = head.deepCopy().put("status", "failed");
    failed.set("output", output);
    failed
        .putObject("error")
        .put("code", error.status() == 429 ? "rate_limit_exceeded" : "server_error")
        .put("message", error.message());
    return failed;
  }

  /** Thoughts are among the output tokens; how many of them is not known. */
  private static void usage(ObjectNode node, TokenUsage usage) {
    int cached = orZero(usage.cacheReadInputTokens());
    int input = usage.inputTokens() + cached + orZero(usage.cacheWriteInputTokens());
    node.put("input_tokens", input);
    node.putObject("input_tokens_details").put("cached_tokens", cached);
    node.put("output_tokens", usage.outputTokens());
    node.putObject("output_tokens_details").put("reasoning_tokens", 0);
    node.put("total_tokens", input + usage.outputTokens());
  }

  private static int orZero(Integer count) {
    return count == null ? 0 : count;
  }

  /**
   * An answer as clients see it.
   *
   * @param encrypted whether what thoughts are signed with is to be shown
   */
  static ObjectNode shown(ObjectNode response, boolean encrypted) {
    if (encrypted) {
      return response;
    }
    ObjectNode shown = response.deepCopy();
    shown.path("output").forEach(item -> ((ObjectNode) item).remove("encrypted_content"));
    return shown;
  }
}
