package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outcrop.models.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;

/** An embedding model on tape. */
final class TapedEmbedding implements EmbeddingModel {
  private static final String DIMENSIONS = "dimensions";
  private static final String WINDOW = "window";

  private final Tape tape;
  private final String model;
  private final EmbeddingModel live;

  /**
   * @param live null when it is replayed
   */
  TapedEmbedding(Tape tape, String model, EmbeddingModel live) {
    this.tape = tape;
    this.model = model;
    this.live = live;
  }

  @Override
  public List<Integer> dimensions() {
    if (live != null) {
      List<Integer> dimensions = live.dimensions();
      tape.fact(
          model,
          facts -> {
            ArrayNode all = facts.putArray(DIMENSIONS);
            dimensions.forEach(all::add);
          });
      return dimensions;
    }
    List<Integer> dimensions = new ArrayList<>();
    known(DIMENSIONS).forEach(value -> dimensions.add(value.intValue()));
    return dimensions;
  }

  @Override
  public int window() {
    if (live != null) {
      int window = live.window();
      tape.fact(model, facts -> facts.put(WINDOW, window));
      return window;
    }
    return known(WINDOW).intValue();
  }

  private JsonNode known(String name) {
    JsonNode value = tape.facts(model).get(name);
    if (value == null) {
      throw ResourceNotFoundException.builder()
          .message(
              "Nothing was recorded of the %s of model %s. To record it, run once with recording.mode set to record and the provider at hand."
                  .formatted(name, model))
          .build();
    }
    return value;
  }

  @Override
  public int countTokens(String text) {
    return tape.answer(
            Asked.of("countTextTokens", model, TextNode.valueOf(text)),
            true,
            () -> IntNode.valueOf(live.countTokens(text)))
        .intValue();
  }

  @Override
  public List<float[]> embed(List<String> texts, Purpose purpose) {
    ObjectNode request = request(purpose);
    ArrayNode all = request.putArray("texts");
    texts.forEach(all::add);
    return counted("embed", request, () -> new Counted(live.embed(texts, purpose), 0)).vectors();
  }

  @Override
  public Counted embedCounted(List<String> texts, Purpose purpose, int dimensions) {
    ObjectNode request = request(purpose).put(DIMENSIONS, dimensions);
    ArrayNode all = request.putArray("texts");
    texts.forEach(all::add);
    return counted("embedCounted", request, () -> live.embedCounted(texts, purpose, dimensions));
  }

  @Override
  public Counted embedInputs(List<Input> inputs, Purpose purpose, int dimensions) {
    ObjectNode request = request(purpose).put(DIMENSIONS, dimensions);
    ArrayNode all = request.putArray("inputs");
    for (Input input : inputs) {
      all.addObject().put("text", input.text()).put("bytes", Binary.text(input.image()));
    }
    return counted("embedInputs", request, () -> live.embedInputs(inputs, purpose, dimensions));
  }

  private static ObjectNode request(Purpose purpose) {
    return JsonNodeFactory.instance.objectNode().put("purpose", purpose.name());
  }

  private Counted counted(String operation, JsonNode request, Supplier<Counted> ask) {
    JsonNode answer = tape.answer(Asked.of(operation, model, request), true, () -> json(ask.get()));
    List<float[]> vectors = new ArrayList<>();
    answer.get("vectors").forEach(vector -> vectors.add(Binary.floats(vector.textValue())));
    return new Counted(vectors, answer.get("tokens").intValue());
  }

  private static JsonNode json(Counted counted) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("tokens", counted.tokens());
    ArrayNode vectors = answer.putArray("vectors");
    counted.vectors().forEach(vector -> vectors.add(Binary.text(vector)));
    return answer;
  }
}
