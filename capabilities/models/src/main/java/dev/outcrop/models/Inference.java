package dev.outcrop.models;

import dev.outcrop.models.bodies.ChatBody;
import dev.outcrop.models.bodies.TitanEmbedding;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.ResponseHeaders;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** Bedrock Runtime's operations that run models. */
public final class Inference {

  private static final String JSON = "application/json";

  private final Models models;
  private final Admission admission;

  /**
   * @param queue most requests that one model has in hand, waiting ones included; more are
   *     throttled
   */
  public Inference(Models models, int queue) {
    this.models = models;
    this.admission = new Admission(queue);
  }

  /** Answers a conversation in one piece. */
  public ConverseResponse converse(ConverseRequest request) {
    Collected collected = new Collected();
    run(ConverseFields.streaming(request), collected);
    return collected.response().toBuilder()
        .performanceConfig(request.performanceConfig())
        .serviceTier(request.serviceTier())
        .build();
  }

  /** Answers a conversation as it is written. */
  public void converseStream(
      ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    run(request, new EchoSink(request, events));
  }

  private void run(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    ConverseStreamRequest checked = ConverseFields.checked(request);
    ChatModel model = models.chat(checked.modelId());
    enter(
        checked.modelId(),
        () -> {
          model.converse(checked, events);
          return null;
        });
  }

  /** Runs a model on its family's own body. */
  public InvokeModelResponse invokeModel(InvokeModelRequest sdkRequest) {
    long start = System.nanoTime();
    InvokeRequest request = InvokeRequest.of(sdkRequest);
    SdkBytes body =
        enter(
            request.modelId(),
            () ->
                models.entry(request.modelId()).kind() == ModelEntry.Kind.EMBEDDING
                    ? embed(request)
                    : chat(request));
    ResponseHeaders.set("x-amzn-bedrock-invocation-latency", String.valueOf(millisSince(start)));
    return InvokeModelResponse.builder()
        .body(body)
        .contentType(JSON)
        .performanceConfigLatency(request.latency())
        .serviceTier(request.serviceTier())
        .build();
  }

  private SdkBytes embed(InvokeRequest request) {
    EmbeddingModel model = models.embedding(request.modelId());
    TitanEmbedding.Answer answer = TitanEmbedding.read(request.body(), model).answer(model);
    count("input", answer.inputTokens());
    return answer.body();
  }

  private SdkBytes chat(InvokeRequest request) {
    ChatModel model = models.chat(request.modelId());
    ChatBody body = ChatBody.read(request.body(), request.modelId(), false);
    Collected collected = new Collected();
    answer(model, body, collected);
    ConverseResponse response = collected.response();
    count("input", response.usage().inputTokens());
    count("output", response.usage().outputTokens());
    return ChatBody.bytes(body.answer(response));
  }

  private static void answer(
      ChatModel model, ChatBody body, EventSink<ConverseStreamOutput> events) {
    if (body.raw()) {
      model.complete(body.request(), events);
    } else {
      model.converse(body.request(), events);
    }
  }

  /** Runs a chat model on its family's own body and streams the answer. */
  public void invokeModelWithResponseStream(
      InvokeModelWithResponseStreamRequest sdkRequest, EventSink<ResponseStream> events) {
    InvokeRequest request = InvokeRequest.of(sdkRequest);
    if (models.entry(request.modelId()).kind() == ModelEntry.Kind.EMBEDDING) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    ChatModel model = models.chat(request.modelId());
    ChatBody body = ChatBody.read(request.body(), request.modelId(), true);
    enter(
        request.modelId(),
        () -> {
          answer(model, body, new ChunkSink(body.chunks(), head(request), events));
          return null;
        });
  }

  private static InvokeModelWithResponseStreamResponse head(InvokeRequest request) {
    return InvokeModelWithResponseStreamResponse.builder()
        .contentType(JSON)
        .performanceConfigLatency(request.latency())
        .serviceTier(request.serviceTier())
        .build();
  }

  private <T> T enter(String modelId, Supplier<T> work) {
    CatalogueEntry entry = models.entry(modelId);
    return admission.enter(entry.id(), work);
  }

  private static void count(String kind, int tokens) {
    ResponseHeaders.set("x-amzn-bedrock-" + kind + "-token-count", String.valueOf(tokens));
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
