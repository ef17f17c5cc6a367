package dev.outcrop.models.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Input;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.List;

/** Cohere Embed: version 3 with one size of vectors, version 4 with four. */
record CohereFamily(Remote remote, String modelId, List<Integer> dimensions, int window)
    implements EmbeddingFamily {

  /** Most texts of a request. */
  private static final int BATCH = 96;

  static CohereFamily of(Remote remote, String modelId) {
    return modelId.contains("embed-v4")
        ? new CohereFamily(remote, modelId, List.of(1536, 1024, 512, 256), 128_000)
        : new CohereFamily(remote, modelId, List.of(1024), 512);
  }

  @Override
  public Counted embed(List<Input> inputs, Purpose purpose, int dimensions) {
    if (inputs.stream().anyMatch(input -> input.image() != null)) {
      throw RuntimeErrors.invalid("Images cannot be embedded by " + modelId + " here; send text.");
    }
    List<float[]> vectors = new ArrayList<>();
    int tokens = 0;
    for (int from = 0; from < inputs.size(); from += BATCH) {
      List<Input> batch = inputs.subList(from, Math.min(inputs.size(), from + BATCH));
      Answer answer = EmbeddingFamily.ask(remote, modelId, body(batch, purpose, dimensions));
      JsonNode embeddings = answer.body().path("embeddings");
      JsonNode rows = embeddings.isArray() ? embeddings : embeddings.path("float");
      if (rows.size() != batch.size()) {
        throw EmbeddingFamily.broken(null);
      }
      rows.forEach(row -> vectors.add(answer.vector(row)));
      tokens += Math.max(0, answer.tokens());
    }
    return new Counted(vectors, tokens);
  }

  private ObjectNode body(List<Input> batch, Purpose purpose, int dimensions) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode texts = body.putArray("texts");
    batch.forEach(input -> texts.add(input.text()));
    body.put("input_type", purpose == Purpose.QUERY ? "search_query" : "search_document");
    // Nothing may be cut unseen.
    body.put("truncate", "NONE");
    if (dimensions().size() > 1) {
      body.put("output_dimension", dimensions).putArray("embedding_types").add("float");
    }
    return body;
  }
}
