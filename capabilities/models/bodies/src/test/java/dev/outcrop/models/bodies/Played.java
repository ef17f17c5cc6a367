package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.LetterCounts;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RerankModel.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** All that comes of a body: what the model is asked, and the answers that are written. */
final class Played {

  static final JsonNode HELLO =
      json(
          """
          {"output": {"message": {"role": "assistant", "content": [{"text": "Hello world"}]}},
           "stopReason": "end_turn",
           "usage": {"inputTokens": 5, "outputTokens": 2, "totalTokens": 7}}
          """);

  static final JsonNode HELLO_EVENTS =
      json(
          """
          [{"messageStart": {"role": "assistant"}},
           {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": "Hello"}}},
           {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": " world"}}},
           {"contentBlockStop": {"contentBlockIndex": 0}},
           {"messageStop": {"stopReason": "end_turn"}},
           {"metadata": {"usage": {"inputTokens": 5, "outputTokens": 2, "totalTokens": 7},
                         "metrics": {"latencyMs": 1}}}]
          """);

  /** Made anew for every answer. */
  private static final Set<String> OWN = Set.of("id", "created", "response_id", "generation_id");

  private static final Map<String, Supplier<? extends SdkPojo>> EVENTS =
      Map.of(
          "messageStart", ConverseStreamOutput::messageStartBuilder,
          "contentBlockStart", ConverseStreamOutput::contentBlockStartBuilder,
          "contentBlockDelta", ConverseStreamOutput::contentBlockDeltaBuilder,
          "contentBlockStop", ConverseStreamOutput::contentBlockStopBuilder,
          "messageStop", ConverseStreamOutput::messageStopBuilder,
          "metadata", ConverseStreamOutput::metadataBuilder);

  private Played() {}

  static JsonNode json(String text) {
    try {
      return Body.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes of a fixture's form with this body. */
  static JsonNode play(Fixture fixture, JsonNode body, boolean streaming) {
    NativeBody read =
        Families.standard().getFirst().read(fixture.asked(body, streaming)).orElseThrow();
    ObjectNode played = Body.JSON.createObjectNode();
    switch (read) {
      case NativeBody.Chat chat -> {
        played.put("raw", chat.raw());
        played.set("request", Sdk.json(chat.request()));
        if (streaming) {
          played.set("chunks", chunks(chat, fixture.events()));
        } else {
          played.set(
              "answer", chat.answer(Sdk.read("#", fixture.response(), ConverseResponse::builder)));
        }
      }
      case NativeBody.Embedding embedding -> {
        Letters letters = new Letters(played.putArray("asked"));
        NativeBody.Answer answer = embedding.answer(letters);
        played.put("tokens", answer.inputTokens());
        played.set("answer", json(answer.body().asUtf8String()));
      }
      case NativeBody.Image image -> {
        played.set("request", image(image.request()));
        played.set(
            "answer",
            image.answer(new ImageModel.Answer(List.of(new byte[] {1, 2, 3}), List.of(42L))));
      }
      case NativeBody.Rerank rerank -> {
        played.put("query", rerank.query());
        rerank.documents().forEach(played.putArray("documents")::add);
        played.set("answer", rerank.answer(List.of(new Score(1, 0.75), new Score(0, 0.25))));
      }
    }
    return withoutOwn(json(Body.write(played).asUtf8String()));
  }

  private static ArrayNode chunks(NativeBody.Chat chat, ArrayNode events) {
    NativeBody.Chunks chunks = chat.chunks();
    ArrayNode all = Body.JSON.createArrayNode();
    for (JsonNode event : events) {
      String name = event.fieldNames().next();
      ConverseStreamOutput output =
          (ConverseStreamOutput) (SdkPojo) Sdk.read("#", event.get(name), EVENTS.get(name));
      chunks.of(output).forEach(all::add);
    }
    return all;
  }

  private static JsonNode image(ImageModel.Request request) {
    return Body.JSON
        .copy()
        .setSerializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY)
        .valueToTree(request);
  }

  private static JsonNode withoutOwn(JsonNode played) {
    for (String key : List.of("answer", "chunks")) {
      strip(played.path(key));
    }
    return played;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      OWN.stream()
          .filter(key -> !object.path(key).asText().startsWith("call_"))
          .forEach(object::remove);
    }
    node.forEach(Played::strip);
  }

  /** Embeds a text as the counts of four letters, an image as its first byte; two lengths. */
  private record Letters(ArrayNode asked) implements EmbeddingModel {

    @Override
    public List<Integer> dimensions() {
      return List.of(4, 2);
    }

    @Override
    public int window() {
      return 8;
    }

    @Override
    public int countTokens(String text) {
      return text.isEmpty() ? 0 : text.split(" ").length;
    }

    @Override
    public List<float[]> embed(List<String> texts, Purpose purpose) {
      texts.forEach(text -> asked.add(purpose + ": " + text));
      return texts.stream().map(LetterCounts::vector).toList();
    }

    @Override
    public Counted embedInputs(List<Input> inputs, Purpose purpose, int dimensions) {
      if (inputs.stream().allMatch(input -> input.image() == null)) {
        return embedCounted(inputs.stream().map(Input::text).toList(), purpose, dimensions);
      }
      inputs.forEach(
          i -> asked.add(purpose + ": " + i.text() + " " + java.util.Arrays.toString(i.image())));
      return new Counted(
          inputs.stream().map(input -> new float[] {0.5f, -0.5f, 0.5f, 0.5f}).toList(), 0);
    }
  }
}
