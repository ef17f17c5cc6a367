package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfigLatency;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;

/**
 * Tiers of service, which OpenAI's protocol calls {@code service_tier}. Bedrock's {@code default},
 * {@code flex} and {@code priority} have the same names there. Capacity bought beforehand ({@code
 * reserved}) is OpenAI's scale tier, which is had by {@code auto}; beyond it both serve by the
 * default tier and say so. Bedrock's optimized latency is what OpenAI sells as priority.
 */
final class Tier {

  private static final String FIELD = "service_tier";
  private static final String PRIORITY = "priority";

  private Tier() {}

  static boolean asked(ConverseStreamRequest request) {
    return request.serviceTier() != null || request.performanceConfig() != null;
  }

  /** Puts into a body what a request asks for. */
  static void put(ConverseStreamRequest request, ObjectNode body, ChatOptions options) {
    if (request.serviceTier() != null) {
      String tier = request.serviceTier().typeAsString();
      if (options.server().tiers()) {
        put("serviceTier '" + tier + "'", named(tier), body);
      } else if (!"default".equals(tier)) {
        throw RuntimeErrors.noTier(tier, "default");
      }
    }
    if (optimized(request)) {
      if (!options.server().tiers()) {
        throw RuntimeErrors.noLatency("optimized");
      }
      put("performanceConfig.latency 'optimized'", PRIORITY, body);
    }
  }

  private static String named(String tier) {
    return switch (tier) {
      case "default", "flex", PRIORITY -> tier;
      case "reserved" -> "auto";
      default -> throw RuntimeErrors.noTier(tier, "one of default, flex, priority and reserved");
    };
  }

  private static void put(String said, String value, ObjectNode body) {
    if (body.has(FIELD) && !body.get(FIELD).asText().equals(value)) {
      throw RuntimeErrors.invalid(
          said + " and service_tier '" + body.get(FIELD).asText() + "' can't both be had.");
    }
    body.put(FIELD, value);
  }

  private static boolean optimized(ConverseStreamRequest request) {
    return request.performanceConfig() != null
        && request.performanceConfig().latency() == PerformanceConfigLatency.OPTIMIZED;
  }

  /**
   * The tier that served.
   *
   * @param told by the server; null when it doesn't say
   */
  static ServiceTier served(String told, ConverseStreamRequest request) {
    return switch (told) {
      case null -> request.serviceTier();
      case "default", "flex", PRIORITY -> ServiceTier.builder().type(told).build();
      case "scale" -> ServiceTier.builder().type("reserved").build();
      default -> request.serviceTier();
    };
  }

  /** The latency that was had: a server that is out of fast capacity serves by another tier. */
  static PerformanceConfiguration latency(String told, ConverseStreamRequest request) {
    boolean slower = optimized(request) && told != null && !told.equals(PRIORITY);
    return slower
        ? PerformanceConfiguration.builder().latency("standard").build()
        : request.performanceConfig();
  }

  /** Both, for the head of a native stream. */
  static InvokeModelWithResponseStreamResponse head(String told, ConverseStreamRequest request) {
    ServiceTier tier = served(told, request);
    PerformanceConfiguration latency = latency(told, request);
    return InvokeModelWithResponseStreamResponse.builder()
        .serviceTier(tier == null ? null : tier.typeAsString())
        .performanceConfigLatency(latency == null ? null : latency.latencyAsString())
        .build();
  }
}
