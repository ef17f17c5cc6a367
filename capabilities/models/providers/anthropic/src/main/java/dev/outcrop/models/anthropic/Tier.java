package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfigLatency;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;

/**
 * Tiers of service. Anthropic's priority tier is capacity bought beforehand, beyond which calls are
 * served by the standard tier; that is what Bedrock's {@code reserved} promises, and the nearest to
 * its {@code priority}, so both are {@code auto}. {@code default} is {@code standard_only}. Which
 * tier it was, Anthropic says in the usage.
 */
final class Tier {

  private static final String FIELD = "service_tier";
  private static final String RESERVED = "reserved";
  private static final String PRIORITY = "priority";

  private Tier() {}

  /** Puts into a body what a request asks for. */
  static void put(ConverseStreamRequest request, ObjectNode body) {
    if (request.serviceTier() != null) {
      String tier = request.serviceTier().typeAsString();
      switch (tier) {
        case "default" -> body.put(FIELD, "standard_only");
        case PRIORITY, RESERVED -> body.put(FIELD, "auto");
        default -> throw RuntimeErrors.noTier(tier, "one of default, priority and reserved");
      }
    }
    if (request.performanceConfig() != null
        && request.performanceConfig().latency() != PerformanceConfigLatency.STANDARD) {
      throw RuntimeErrors.noLatency(request.performanceConfig().latencyAsString());
    }
  }

  /**
   * The tier that served; null when Anthropic doesn't say, or has a name for it that Bedrock lacks.
   */
  static ServiceTier served(JsonNode usage, ConverseStreamRequest request) {
    boolean reserved =
        request.serviceTier() != null && RESERVED.equals(request.serviceTier().typeAsString());
    return switch (usage.path(FIELD).textValue()) {
      case null -> request.serviceTier();
      case "standard" -> ServiceTier.builder().type("default").build();
      case PRIORITY -> ServiceTier.builder().type(reserved ? RESERVED : PRIORITY).build();
      default -> null;
    };
  }

  /** Usage with the tier in it, where the model tells one. */
  static ObjectNode said(ServiceTier tier, ObjectNode usage) {
    return switch (tier == null ? null : tier.typeAsString()) {
      case "default" -> usage.put(FIELD, "standard");
      case PRIORITY, RESERVED -> usage.put(FIELD, PRIORITY);
      case null, default -> usage;
    };
  }

  /** The head, for the head of a native stream; null when nothing of it was asked for. */
  static InvokeModelWithResponseStreamResponse head(JsonNode usage, ConverseStreamRequest request) {
    if (request.serviceTier() == null) {
      return null;
    }
    ServiceTier tier = served(usage, request);
    return InvokeModelWithResponseStreamResponse.builder()
        .serviceTier(tier == null ? null : tier.typeAsString())
        .build();
  }
}
