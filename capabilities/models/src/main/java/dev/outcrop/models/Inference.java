package dev.outcrop.models;

import dev.outcrop.models.bodies.TitanEmbedding;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.ResponseHeaders;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** Bedrock Runtime's operations on models. */
public final class Inference {

  private final Models models;
  private final Admission admission;

  /**
   * @param queue most requests that one model has in hand, waiting ones included
   */
  public Inference(Models models, int queue) {
    this.models = models;
    this.admission = new Admission(queue);
  }

  /** Runs a model on its family's own body. */
  public InvokeModelResponse invokeModel(InvokeModelRequest sdkRequest) {
    long start = System.nanoTime();
    InvokeRequest request = InvokeRequest.of(sdkRequest);
    CatalogueEntry entry = models.entry(request.modelId());
    return admission.enter(
        entry.id(),
        () -> {
          TitanEmbedding.Answer answer = embed(request);
          ResponseHeaders.set(
              "x-amzn-bedrock-input-token-count", String.valueOf(answer.inputTokens()));
          ResponseHeaders.set(
              "x-amzn-bedrock-invocation-latency",
              String.valueOf((System.nanoTime() - start) / 1_000_000));
          return InvokeModelResponse.builder()
              .body(answer.body())
              .contentType("application/json")
              .build();
        });
  }

  private TitanEmbedding.Answer embed(InvokeRequest request) {
    EmbeddingModel model = models.embedding(request.modelId());
    return TitanEmbedding.read(request.body(), model).answer(model);
  }
}
