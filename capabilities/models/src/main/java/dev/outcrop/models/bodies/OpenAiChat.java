package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * The body of OpenAI's chat completions, text only: {@code messages}, {@code max_completion_tokens}
 * or {@code max_tokens}, {@code temperature}, {@code top_p}, {@code stop}. Other keys are refused.
 *
 * @param model what to call the model in the answer
 */
public record OpenAiChat(String id, String model, ConverseStreamRequest request)
    implements ChatBody {

  private static final Set<String> KEYS =
      Set.of(
          "messages",
          "model",
          "max_completion_tokens",
          "max_tokens",
          "temperature",
          "top_p",
          "stop",
          "stream",
          "n");

  static OpenAiChat read(Body body, String model, boolean streaming) {
    body.only(KEYS);
    checkFixed(body, model, streaming);
    List<SystemContentBlock> system = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    for (Body message : body.objects("messages").orElse(List.of())) {
      message.only(Set.of("role", "content"));
      String role = message.requiredText("role");
      List<String> texts = content(message);
      switch (role) {
        case "system", "developer" ->
            texts.forEach(t -> system.add(SystemContentBlock.fromText(t)));
        case "user", "assistant" ->
            messages.add(
                Message.builder()
                    .role(role)
                    .content(texts.stream().map(ContentBlock::fromText).toList())
                    .build());
        default -> throw message.invalid("role", role + " is not a valid enum value");
      }
    }
    return new OpenAiChat(
        "chatcmpl-" + UUID.randomUUID(),
        model,
        ConverseStreamRequest.builder()
            .modelId(model)
            .messages(messages)
            .system(system)
            .inferenceConfig(config(body))
            .build());
  }

  /** Keys that can only say what is so anyway. */
  private static void checkFixed(Body body, String model, boolean streaming) {
    body.text("model")
        .filter(name -> !name.equals(model))
        .ifPresent(
            name -> {
              throw body.invalid("model", name + " is not the model of this call, " + model);
            });
    body.integer("n", 1, 1);
    body.bool("stream")
        .filter(stream -> stream != streaming)
        .ifPresent(
            stream -> {
              throw body.invalid(
                  "stream",
                  stream
                      ? "use InvokeModelWithResponseStream for a stream"
                      : "use InvokeModel for an answer in one piece");
            });
  }

  private static List<String> content(Body message) {
    if (message.isText("content")) {
      return List.of(message.requiredText("content"));
    }
    List<String> texts = new ArrayList<>();
    for (Body part : message.objects("content").orElse(List.of())) {
      part.only(Set.of("type", "text"));
      String type = part.requiredText("type");
      if (!type.equals("text")) {
        throw part.invalid("type", type + " is not a valid enum value, expected text");
      }
      texts.add(part.requiredText("text"));
    }
    return texts;
  }

  private static InferenceConfiguration config(Body body) {
    Optional<Integer> most = body.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
    return InferenceConfiguration.builder()
        .maxTokens(most.or(() -> body.integer("max_tokens", 1, Integer.MAX_VALUE)).orElse(null))
        .temperature(body.number("temperature", 0, 1).map(Double::floatValue).orElse(null))
        .topP(body.number("top_p", 0, 1).map(Double::floatValue).orElse(null))
        .stopSequences(
            body.isText("stop")
                ? List.of(body.requiredText("stop"))
                : body.texts("stop").orElse(List.of()))
        .build();
  }

  @Override
  public boolean raw() {
    return false;
  }

  @Override
  public ObjectNode answer(ConverseResponse response) {
    ObjectNode answer = head("chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", Answers.text(response));
    choice.put("finish_reason", reason(response.stopReasonAsString()));
    usage(answer, response.usage().inputTokens(), response.usage().outputTokens());
    return answer;
  }

  @Override
  public Chunks chunks() {
    return new Chunks() {
      private boolean begun;

      @Override
      public ObjectNode text(String text) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (!begun) {
          begun = true;
          delta.put("role", "assistant");
        }
        delta.put("content", text);
        choice.putNull("finish_reason");
        return chunk;
      }

      @Override
      public ObjectNode end(String stopReason, int inputTokens, int outputTokens) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", reason(stopReason));
        usage(chunk, inputTokens, outputTokens);
        return chunk;
      }
    };
  }

  private ObjectNode head(String object) {
    return Body.JSON
        .createObjectNode()
        .put("id", id)
        .put("object", object)
        .put("created", Instant.now().getEpochSecond())
        .put("model", model);
  }

  private static void usage(ObjectNode node, int input, int output) {
    node.putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
  }

  private static String reason(String stopReason) {
    return switch (stopReason) {
      case "end_turn", "stop_sequence" -> "stop";
      case "max_tokens" -> "length";
      case "content_filtered", "guardrail_intervened" -> "content_filter";
      default -> throw Answers.unexpected(stopReason);
    };
  }
}
