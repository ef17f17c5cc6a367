package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;

/** Why an answer ended. */
final class StopReasons {

  private StopReasons() {}

  /**
   * @param choice the choice with a {@code finish_reason}
   * @param stops the request's stop sequences. Only some servers (vLLM) tell which one it was; with
   *     others the turn just ended
   */
  static StopReason of(JsonNode choice, List<String> stops, boolean refused, ToolCalls tools) {
    String reason = choice.path("finish_reason").asText();
    return switch (reason) {
      case "length" -> StopReason.MAX_TOKENS;
      case "model_length" -> StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED;
      case "content_filter" -> StopReason.CONTENT_FILTERED;
      case "error" -> throw new Failure(Kind.BROKEN, 0, "it ended its answer with an error");
      case "insufficient_system_resource" ->
          throw new Failure(Kind.UNAVAILABLE, 0, "it ran out of resources");
      default -> {
        if (tools.any()) {
          yield tools.malformed() ? StopReason.MALFORMED_TOOL_USE : StopReason.TOOL_USE;
        } else if (refused) {
          yield StopReason.CONTENT_FILTERED;
        }
        String sequence = choice.path("stop_reason").asText("");
        yield stops.contains(sequence) ? StopReason.STOP_SEQUENCE : StopReason.END_TURN;
      }
    };
  }
}
