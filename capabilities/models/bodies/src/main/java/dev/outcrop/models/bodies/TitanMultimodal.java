package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Input;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Amazon Titan Multimodal Embeddings: a text, an image, or both as one vector.
 *
 * @param config the object {@code embeddingConfig}, or null
 */
record TitanMultimodal(Input input, Body config) implements NativeBody.Embedding {

  private static final Set<String> KEYS = Set.of("inputText", "inputImage", "embeddingConfig");

  /** Limit of the API. */
  private static final int MAX_TOKENS = 256;

  static NativeBody read(Body body, Asked asked) {
    body.only(KEYS);
    Optional<byte[]> image = body.bytes("inputImage");
    if (image.isEmpty() && !body.has("inputText")) {
      throw body.missing("inputText");
    }
    String text = body.has("inputText") ? body.prompt("inputText") : null;
    Body config = body.object("embeddingConfig").orElse(null);
    if (config != null) {
      config.only(Set.of("outputEmbeddingLength"));
    }
    return new TitanMultimodal(new Input(text, image.orElse(null)), config);
  }

  @Override
  public int tokens(EmbeddingModel model) {
    return input.text() == null ? 0 : model.countTokens(input.text());
  }

  @Override
  public Answer answer(EmbeddingModel model) {
    int dimensions =
        config == null
            ? model.dimensions().getFirst()
            : Vectors.dimensions(config, "outputEmbeddingLength", model);
    if (input.text() != null) {
      Vectors.checkTokens(model, input.text(), MAX_TOKENS);
    }
    Counted counted =
        Vectors.checked(
            model.embedInputs(List.of(input), Purpose.DOCUMENT, model.dimensions().getFirst()), 1);
    float[] cut = Vectors.cut(counted.vectors().getFirst(), dimensions, true);
    ObjectNode answer = Body.JSON.createObjectNode();
    answer.putRawValue("embedding", Numbers.json(cut));
    answer.put("inputTextTokenCount", counted.tokens()).putNull("message");
    return new Answer(Body.write(answer), counted.tokens());
  }
}
