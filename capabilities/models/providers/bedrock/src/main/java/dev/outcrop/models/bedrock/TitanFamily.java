package dev.outcrop.models.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Input;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Titan Embeddings: G1 with one size of vectors, V2 with three, Multimodal with images. */
record TitanFamily(
    Remote remote, String modelId, Version version, List<Integer> dimensions, int window)
    implements EmbeddingFamily {

  /** Which of the bodies. */
  enum Version {
    G1,
    V2,
    MULTIMODAL
  }

  static TitanFamily of(Remote remote, String modelId) {
    if (modelId.contains("titan-embed-image")) {
      return new TitanFamily(remote, modelId, Version.MULTIMODAL, List.of(1024, 384, 256), 256);
    }
    return modelId.contains("titan-embed-text-v2")
        ? new TitanFamily(remote, modelId, Version.V2, List.of(1024, 512, 256), 8192)
        : new TitanFamily(remote, modelId, Version.G1, List.of(1536), 8192);
  }

  @Override
  public Counted embed(List<Input> inputs, Purpose purpose, int dimensions) {
    List<float[]> vectors = new ArrayList<>();
    int tokens = 0;
    for (Input input : inputs) {
      Answer answer = EmbeddingFamily.ask(remote, modelId, body(input, dimensions));
      vectors.add(answer.vector(answer.body().path("embedding")));
      tokens += answer.body().path("inputTextTokenCount").asInt(Math.max(0, answer.tokens()));
    }
    return new Counted(vectors, tokens);
  }

  private ObjectNode body(Input input, int dimensions) {
    ObjectNode body = JSON.createObjectNode();
    if (input.text() != null) {
      body.put("inputText", input.text());
    }
    if (input.image() != null && version != Version.MULTIMODAL) {
      throw RuntimeErrors.invalid("The model " + modelId + " embeds text only.");
    }
    switch (version) {
      case G1 -> {
        // Has nothing to choose.
      }
      case V2 -> body.put("dimensions", dimensions).put("normalize", true);
      case MULTIMODAL -> {
        if (input.image() != null) {
          body.put("inputImage", Base64.getEncoder().encodeToString(input.image()));
        }
        body.putObject("embeddingConfig").put("outputEmbeddingLength", dimensions);
      }
    }
    return body;
  }
}
