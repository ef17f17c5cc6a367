package dev.outcrop.models;

import dev.outcrop.models.converse.Conversation;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailStreamConfiguration;

/**
 * The fields of Converse that are not the model's business: each is honoured here or refused, and
 * then taken out, so that a provider sees only what it has to answer for. What stays ({@code
 * messages}, {@code system}, {@code inferenceConfig}, {@code toolConfig}, {@code
 * additionalModelRequestFields}, {@code additionalModelResponseFieldPaths}, {@code outputConfig},
 * for some {@code serviceTier} and {@code performanceConfig}) the provider honours or refuses.
 */
final class ConverseFields {

  private ConverseFields() {}

  /** The request of Converse as the one form that chat models take. */
  static ConverseStreamRequest streaming(ConverseRequest request) {
    return ConverseStreamRequest.builder()
        .modelId(request.modelId())
        .messages(request.hasMessages() ? request.messages() : null)
        .system(request.hasSystem() ? request.system() : null)
        .inferenceConfig(request.inferenceConfig())
        .toolConfig(request.toolConfig())
        .guardrailConfig(guardrail(request.guardrailConfig()))
        .additionalModelRequestFields(request.additionalModelRequestFields())
        .promptVariables(request.hasPromptVariables() ? request.promptVariables() : null)
        .additionalModelResponseFieldPaths(
            request.hasAdditionalModelResponseFieldPaths()
                ? request.additionalModelResponseFieldPaths()
                : null)
        .requestMetadata(request.hasRequestMetadata() ? request.requestMetadata() : null)
        .performanceConfig(request.performanceConfig())
        .serviceTier(request.serviceTier())
        .outputConfig(request.outputConfig())
        .build();
  }

  private static GuardrailStreamConfiguration guardrail(GuardrailConfiguration config) {
    return config == null
        ? null
        : GuardrailStreamConfiguration.builder()
            .guardrailIdentifier(config.guardrailIdentifier())
            .guardrailVersion(config.guardrailVersion())
            .trace(config.traceAsString())
            .build();
  }

  /** Checks the common fields and takes out what is not the model's business. */
  static ConverseStreamRequest checked(ConverseStreamRequest request, ChatModel model) {
    CommonFields.guardrail(request.guardrailConfig() != null);
    Conversation.check(request);
    if (request.hasPromptVariables() && !request.promptVariables().isEmpty()) {
      throw RuntimeErrors.unsupported(
          "promptVariables", "the modelId is not a prompt of Prompt management");
    }
    CommonFields.metadata(request.requestMetadata());
    ConverseStreamRequest tiered = Tiers.of(request).into(request, model);
    boolean bare = !request.hasPromptVariables() && !request.hasRequestMetadata();
    return bare ? tiered : tiered.toBuilder().promptVariables(null).requestMetadata(null).build();
  }
}
