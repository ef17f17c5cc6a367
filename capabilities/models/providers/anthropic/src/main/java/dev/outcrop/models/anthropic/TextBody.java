package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.NativeBody;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/**
 * Anthropic's text completions, the body of Claude 2: a conversation in one prompt, which is read
 * as the messages it is.
 */
record TextBody(ConverseStreamRequest request, MessageHead head) implements NativeBody.Chat {

  private static final Set<String> KEYS =
      Set.of(
          "prompt",
          "max_tokens_to_sample",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "anthropic_version");

  static TextBody read(Fields body, String modelId) {
    body.only(KEYS);
    int maxTokens = body.integer("max_tokens_to_sample", 1).orElseGet(() -> missing(body));
    Prompt prompt = Prompt.read(body.requiredText("prompt"));
    List<String> stops = body.texts("stop_sequences");
    ObjectNode more = Json.object();
    body.integer("top_k", 0).ifPresent(k -> more.put("top_k", k));
    ConverseStreamRequest request =
        ConverseStreamRequest.builder()
            .modelId(modelId)
            .messages(prompt.messages())
            .system(prompt.system())
            .inferenceConfig(
                config ->
                    config
                        .maxTokens(maxTokens)
                        .temperature(body.number("temperature", 0, 1).orElse(null))
                        .topP(body.number("top_p", 0, 1).orElse(null))
                        // A turn's end is what this stop sequence was for.
                        .stopSequences(
                            stops.stream().filter(stop -> !stop.equals(Prompt.HUMAN)).toList()))
            .additionalModelRequestFields(more.isEmpty() ? null : JsonDocuments.of(more))
            .build();
    MessagesBody messages = MessagesBody.of(request, "", modelId);
    return new TextBody(messages.request(), messages.head());
  }

  private static int missing(Fields body) {
    return body.required("max_tokens_to_sample").intValue();
  }

  @Override
  public boolean raw() {
    return false;
  }

  @Override
  public ObjectNode answer(ConverseResponse response) {
    String text =
        response.output().message().content().stream()
            .filter(block -> block.text() != null)
            .map(ContentBlock::text)
            .collect(Collectors.joining());
    return end(text, response.stopReasonAsString(), response.additionalModelResponseFields());
  }

  private ObjectNode end(String text, String stopReason, Document fields) {
    ObjectNode answer = completion(text);
    String reason = StopReasons.anthropic(stopReason);
    if (reason.equals("max_tokens")) {
      return answer.put("stop_reason", "max_tokens").putNull("stop");
    }
    JsonNode more = JsonDocuments.json(fields);
    String stop = reason.equals("stop_sequence") ? head.stopSequence(more) : Prompt.HUMAN;
    return answer.put("stop_reason", "stop_sequence").put("stop", stop);
  }

  private static ObjectNode completion(String text) {
    return Json.object().put("type", "completion").put("completion", text);
  }

  @Override
  public Chunks chunks() {
    return new Chunks() {
      private MessageStopEvent stop;

      @Override
      public List<ObjectNode> of(ConverseStreamOutput event) {
        return switch (event) {
          case ContentBlockDeltaEvent delta when delta.delta().text() != null ->
              List.of(completion(delta.delta().text()).putNull("stop_reason").putNull("stop"));
          case MessageStopEvent end -> {
            stop = end;
            yield List.of();
          }
          case ConverseStreamMetadataEvent _ ->
              List.of(end("", stop.stopReasonAsString(), stop.additionalModelResponseFields()));
          default -> List.of();
        };
      }
    };
  }
}
