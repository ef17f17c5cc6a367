package dev.outcrop.models.anthropic;

import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/**
 * Why answers end, in both vocabularies. Most words are common to them; {@code pause_turn}, which
 * Converse doesn't have, stays as it is, since a client that has to go on must know.
 */
final class StopReasons {

  private StopReasons() {}

  static String converse(String anthropic) {
    return anthropic.equals("refusal") ? "content_filtered" : anthropic;
  }

  static String anthropic(String converse) {
    return switch (converse) {
      case "content_filtered", "guardrail_intervened" -> "refusal";
      case "malformed_model_output", "malformed_tool_use" ->
          throw ModelErrorException.builder()
              .message("The model stopped with '" + converse + "', which this body cannot say.")
              .build();
      default -> converse;
    };
  }
}
