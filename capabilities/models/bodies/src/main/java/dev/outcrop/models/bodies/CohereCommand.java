package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.NativeBody.Chunks;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/**
 * Cohere Command: a prompt, completed as it stands. A streamed answer comes in pieces when the body
 * says {@code stream}, else as one chunk, as Cohere does.
 */
final class CohereCommand {

  private static final Set<String> KEYS =
      Set.of(
          "prompt",
          "temperature",
          "p",
          "k",
          "max_tokens",
          "stop_sequences",
          "return_likelihoods",
          "stream",
          "num_generations",
          "logit_bias",
          "truncate");
  private static final Sampling SAMPLING =
      new Sampling("max_tokens", "temperature", 5, "p", "stop_sequences");

  private final String prompt;
  private final String id = UUID.randomUUID().toString();
  private final String generation = UUID.randomUUID().toString();

  private CohereCommand(String prompt) {
    this.prompt = prompt;
  }

  static NativeBody read(Body body, Asked asked) {
    body.only(KEYS);
    String prompt = body.prompt("prompt");
    Conversation conversation = Conversation.prompt(asked.modelId(), prompt);
    conversation.more("top_k", body.integer("k", 0, 500).filter(k -> k > 0));
    body.object("logit_bias").ifPresent(bias -> conversation.more("logit_bias", bias.json()));
    checkFixed(body, asked.streaming());
    boolean pieces = body.bool("stream").orElse(false);
    CohereCommand command = new CohereCommand(prompt);
    return new ChatText(
        true,
        conversation.request(SAMPLING.read(body)).build(),
        command::answer,
        () -> pieces ? command.chunks() : command.oneChunk());
  }

  private static void checkFixed(Body body, boolean streaming) {
    body.integer("num_generations", 1, 1);
    if (!body.text("return_likelihoods").orElse("NONE").equals("NONE")) {
      throw body.unsupported("return_likelihoods", "this server gives no likelihoods, use NONE");
    }
    if (!body.text("truncate").orElse("NONE").equals("NONE")) {
      throw body.unsupported("truncate", "a prompt that is too long is refused, use NONE");
    }
    if (!streaming && body.bool("stream").orElse(false)) {
      throw body.invalid("stream", "use InvokeModelWithResponseStream for a stream");
    }
  }

  private ObjectNode answer(ConverseResponse response) {
    return whole(Answers.text(response), response.stopReasonAsString());
  }

  private ObjectNode whole(String text, String stopReason) {
    ObjectNode answer = Body.JSON.createObjectNode();
    answer
        .putArray("generations")
        .addObject()
        .put("finish_reason", reason(stopReason))
        .put("id", generation)
        .put("text", text);
    return answer.put("id", id).put("prompt", prompt);
  }

  private Chunks chunks() {
    return new TextChunks(
        text -> Body.JSON.createObjectNode().put("text", text).put("is_finished", false),
        (stopReason, usage) ->
            Body.JSON
                .createObjectNode()
                .put("is_finished", true)
                .put("finish_reason", reason(stopReason)));
  }

  private Chunks oneChunk() {
    StringBuilder said = new StringBuilder();
    return new TextChunks(
        text -> {
          said.append(text);
          return null;
        },
        (stopReason, usage) -> whole(said.toString(), stopReason));
  }

  static String reason(String stopReason) {
    return switch (stopReason) {
      case "end_turn", "stop_sequence", "tool_use" -> "COMPLETE";
      case "max_tokens", "model_context_window_exceeded" -> "MAX_TOKENS";
      case "content_filtered", "guardrail_intervened" -> "ERROR_TOXIC";
      default -> throw Answers.unexpected(stopReason);
    };
  }
}
