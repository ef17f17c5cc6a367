package dev.outcrop.models;

import dev.outcrop.models.bodies.TextBodies;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.ResponseHeaders;
import java.util.List;
import java.util.Optional;
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
  private final Families families;

  /**
   * @param queue most requests that one model has in hand, waiting ones included; more are
   *     throttled
   */
  public Inference(Models models, int queue) {
    this(models, queue, List.of(new TextBodies()));
  }

  /**
   * @param queue most requests that one model has in hand, waiting ones included; more are
   *     throttled
   * @param families the native bodies that are understood; the first that knows a body has it
   */
  public Inference(Models models, int queue, List<NativeBodies> families) {
    this.models = models;
    this.admission = new Admission(queue);
    this.families = new Families(families);
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
    CatalogueEntry entry = models.entry(request.modelId());
    Optional<NativeModel> asItIs = models.nativeBodies(request.modelId());
    if (asItIs.isPresent()) {
      return enter(request.modelId(), () -> asItIs.get().invoke(sdkRequest));
    }
    NativeBody body = families.read(asked(request, entry, false));
    SdkBytes answer = enter(request.modelId(), () -> answer(request.modelId(), body));
    ResponseHeaders.set("x-amzn-bedrock-invocation-latency", String.valueOf(millisSince(start)));
    return InvokeModelResponse.builder()
        .body(answer)
        .contentType(JSON)
        .performanceConfigLatency(request.latency())
        .serviceTier(request.serviceTier())
        .build();
  }

  private static NativeBodies.Asked asked(
      InvokeRequest request, CatalogueEntry entry, boolean streaming) {
    return new NativeBodies.Asked(
        request.modelId(), entry.withFile(null), request.body(), streaming);
  }

  private SdkBytes answer(String modelId, NativeBody body) {
    return switch (body) {
      case NativeBody.Chat chat -> {
        Collected collected = new Collected();
        run(models.chat(modelId), chat, collected);
        ConverseResponse response = collected.response();
        count("input", response.usage().inputTokens());
        count("output", response.usage().outputTokens());
        yield Families.bytes(chat.answer(response));
      }
      case NativeBody.Embedding embedding -> {
        NativeBody.Answer answer = embedding.answer(models.embedding(modelId));
        count("input", answer.inputTokens());
        yield answer.body();
      }
      case NativeBody.Image image ->
          Families.bytes(image.answer(models.image(modelId).generate(image.request())));
      case NativeBody.Rerank rerank ->
          Families.bytes(
              rerank.answer(models.rerank(modelId).rerank(rerank.query(), rerank.documents())));
    };
  }

  private static void run(
      ChatModel model, NativeBody.Chat body, EventSink<ConverseStreamOutput> events) {
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
    CatalogueEntry entry = models.entry(request.modelId());
    Optional<NativeModel> asItIs = models.nativeBodies(request.modelId());
    if (asItIs.isPresent()) {
      enter(
          request.modelId(),
          () -> {
            asItIs.get().invoke(sdkRequest, events);
            return null;
          });
      return;
    }
    if (entry.kind() != ModelEntry.Kind.CHAT
        || !(families.read(asked(request, entry, true)) instanceof NativeBody.Chat body)) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    ChatModel model = models.chat(request.modelId());
    enter(
        request.modelId(),
        () -> {
          run(model, body, new ChunkSink(body.chunks(), head(request), events));
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
