package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/**
 * A family of bodies with next to nothing in them: {@code {"inputText": …, "most": …}} for chat and
 * embedding, {@code {"draw": …}} and {@code {"query": …, "documents": […]}} for the rest.
 */
final class PlainBodies implements NativeBodies {

  @Override
  public Optional<NativeBody> read(Asked asked) {
    JsonNode body = Json.body(asked.bytes());
    if (body.has("draw")) {
      return Optional.of(new Image(body.get("draw").asText()));
    }
    if (body.has("query")) {
      return Optional.of(
          new Rerank(
              body.get("query").asText(),
              body.get("documents").valueStream().map(JsonNode::asText).toList()));
    }
    if (!body.has("inputText")) {
      return Optional.empty();
    }
    String text = body.get("inputText").asText();
    return Optional.of(
        asked.entry().kind() == ModelEntry.Kind.EMBEDDING
            ? new Embedding(text)
            : new Chat(text, body.has("most") ? body.get("most").asInt() : null));
  }

  private record Chat(String text, Integer most) implements NativeBody.Chat {

    @Override
    public boolean raw() {
      return true;
    }

    @Override
    public ConverseStreamRequest request() {
      return ConverseStreamRequest.builder()
          .messages(m -> m.role("user").content(ContentBlock.fromText(text)))
          .inferenceConfig(c -> c.maxTokens(most))
          .build();
    }

    @Override
    public ObjectNode answer(ConverseResponse response) {
      return object()
          .put("said", response.output().message().content().getFirst().text())
          .put("why", response.stopReasonAsString());
    }

    @Override
    public NativeBody.Chunks chunks() {
      return event ->
          switch (event) {
            case ContentBlockDeltaEvent delta ->
                List.of(object().put("piece", delta.delta().text()));
            case MessageStopEvent stop -> List.of(object().put("why", stop.stopReasonAsString()));
            case ConverseStreamOutput _ -> List.of();
          };
    }
  }

  private record Embedding(String text) implements NativeBody.Embedding {

    @Override
    public int tokens(EmbeddingModel model) {
      return model.countTokens(text);
    }

    @Override
    public NativeBody.Answer answer(EmbeddingModel model) {
      float[] vector = model.embed(List.of(text), EmbeddingModel.Purpose.DOCUMENT).getFirst();
      return new NativeBody.Answer(
          Json.bytes(object().put("first", vector[0])), model.countTokens(text));
    }
  }

  private record Image(String prompt) implements NativeBody.Image {

    @Override
    public ImageModel.Request request() {
      return new ImageModel.Request(
          ImageModel.Task.TEXT_TO_IMAGE,
          prompt,
          null,
          2,
          null,
          null,
          null,
          null,
          null,
          "png",
          List.of(),
          null,
          null);
    }

    @Override
    public ObjectNode answer(ImageModel.Answer images) {
      return object().put("images", images.images().size());
    }
  }

  private record Rerank(String query, List<String> documents) implements NativeBody.Rerank {

    @Override
    public ObjectNode answer(List<RerankModel.Score> scores) {
      return object().put("best", scores.getFirst().index());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
