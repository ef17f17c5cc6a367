package dev.outcrop.models;

import dev.outcrop.models.calls.Usage;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/**
 * Embeddings asked for in the form of an API that is not Bedrock's. The call is an InvokeModel to
 * those who watch it; a provider that takes native bodies as they are is asked through its
 * embedding model, since this body is none that it knows.
 */
record Embeddings(Names names, Calls calls, FailOver failOver) {

  SdkBytes answer(InvokeModelRequest request, NativeBody.Embedding body) {
    long start = System.nanoTime();
    Target target = names.target(request.modelId(), request);
    return calls.watch(
        new Calls.Asked(
            "InvokeModel",
            start,
            target,
            Map.of(),
            () -> Json.body(request.body()),
            request.body().asByteArrayUnsafe().length,
            0),
        call -> {
          SdkBytes answer = failOver.ask(call, () -> true, served -> embed(served, body, call));
          call.output(() -> Json.body(answer));
          return answer;
        });
  }

  private static SdkBytes embed(Served served, NativeBody.Embedding body, Call call) {
    NativeBody.Answer answer = body.answer(served.embedding());
    call.usage(new Usage(answer.inputTokens(), 0, 0, 0, 0));
    return answer.body();
  }
}
