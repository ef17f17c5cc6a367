package dev.outcrop.models.compatible;

import dev.outcrop.models.Inference;
import dev.outcrop.models.bodies.Body;
import dev.outcrop.models.bodies.OpenAiEmbedding;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/** {@code POST /v1/embeddings}. */
record EmbeddingsApi(Inference inference) {

  void create(ApiRequest request, Body body) throws Exception {
    OpenAiEmbedding asked = OpenAiEmbedding.read(body);
    InvokeModelRequest invocation =
        InvokeModelRequest.builder().modelId(asked.model()).body(request.body()).build();
    SdkBytes answer = request.around(invocation, () -> inference.embed(asked, invocation));
    request.answer(answer.asByteArrayUnsafe());
  }
}
