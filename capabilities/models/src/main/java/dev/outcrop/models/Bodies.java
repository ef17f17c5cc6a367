package dev.outcrop.models;

import dev.outcrop.models.calls.Usage;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.ResponseHeaders;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * InvokeModel and its stream: a family's own body, run by whatever kind of model it asks for, or
 * passed on as it is to a model that takes it so.
 */
record Bodies(
    Names names, Calls calls, FailOver failOver, Families families, Attachments attachments) {

  private static final String JSON = "application/json";

  InvokeModelResponse invoke(InvokeModelRequest sdk) {
    long start = System.nanoTime();
    Target target = names.target(sdk.modelId(), sdk);
    InvokeRequest request = InvokeRequest.of(sdk);
    ReadBody body = new ReadBody(families, target, request.body(), false);
    return calls.watch(
        asked("InvokeModel", start, target, request, body),
        call -> {
          InvokeModelResponse answer =
              failOver.ask(
                  call,
                  () -> true,
                  served -> {
                    Optional<NativeModel> asItIs = served.nativeBodies();
                    return asItIs.isPresent()
                        ? PassedOn.invoke(asItIs.get(), sdk, call)
                        : invoke(served, request.checked(), body, call);
                  });
          call.output(() -> Json.body(answer.body()));
          return answer;
        });
  }

  private InvokeModelResponse invoke(
      Served served, InvokeRequest request, ReadBody body, Call call) {
    long start = System.nanoTime();
    InvokeModelResponse.Builder answer =
        InvokeModelResponse.builder()
            .contentType(JSON)
            .performanceConfigLatency(request.latency())
            .serviceTier(request.serviceTier());
    NativeBody read = body.of(served.entry());
    if (read instanceof NativeBody.Chat chat) {
      ConverseResponse response = chat(served.chat(), chat, request.tiers(), call);
      answer.body(Json.bytes(chat.answer(response)));
      Tiers.had(response.performanceConfig(), answer::performanceConfigLatency);
      Tiers.had(response.serviceTier(), answer::serviceTier);
    } else {
      request.tiers().check();
      answer.body(answer(served, read, call));
    }
    ResponseHeaders.set(
        "x-amzn-bedrock-invocation-latency",
        String.valueOf((System.nanoTime() - start) / 1_000_000));
    return answer.build();
  }

  private ConverseResponse chat(ChatModel model, NativeBody.Chat body, Tiers tiers, Call call) {
    Collected collected = new Collected();
    run(model, body, tiers, new Measured(call, collected));
    ConverseResponse response = collected.response();
    PassedOn.headers(
        Measured.usage(response.usage()), response.usage().cacheReadInputTokens() != null);
    return response;
  }

  private static SdkBytes answer(Served served, NativeBody body, Call call) {
    return switch (body) {
      case NativeBody.Chat _ -> throw new IllegalStateException("a chat is answered elsewhere");
      case NativeBody.Embedding embedding -> {
        NativeBody.Answer answer = embedding.answer(served.embedding());
        call.usage(new Usage(answer.inputTokens(), 0, 0, 0, 0));
        ResponseHeaders.set(
            "x-amzn-bedrock-input-token-count", String.valueOf(answer.inputTokens()));
        yield answer.body();
      }
      case NativeBody.Image image -> {
        ImageModel.Answer images = served.image().generate(image.request());
        call.usage(new Usage(0, 0, 0, 0, images.images().size()));
        yield Json.bytes(image.answer(images));
      }
      case NativeBody.Rerank rerank ->
          Json.bytes(rerank.answer(served.rerank().rerank(rerank.query(), rerank.documents())));
    };
  }

  private void run(
      ChatModel model, NativeBody.Chat body, Tiers tiers, EventSink<ConverseStreamOutput> events) {
    ConverseStreamRequest said = body.request();
    ConverseStreamRequest request =
        attachments.ready(tiers.and(Tiers.of(said)).into(said, model), model);
    if (body.raw()) {
      model.complete(request, events);
    } else {
      model.converse(request, events);
    }
  }

  void stream(InvokeModelWithResponseStreamRequest sdk, EventSink<ResponseStream> events) {
    long start = System.nanoTime();
    Target target = names.target(sdk.modelId(), sdk);
    InvokeRequest request = InvokeRequest.of(sdk);
    ReadBody body = new ReadBody(families, target, request.body(), true);
    calls.watch(
        asked("InvokeModelWithResponseStream", start, target, request, body),
        call -> {
          Chunked client = new Chunked(call, events);
          return Chats.streamed(
              client::untouched,
              () ->
                  failOver.ask(
                      call,
                      client::untouched,
                      served -> {
                        Optional<NativeModel> asItIs = served.nativeBodies();
                        if (asItIs.isPresent()) {
                          PassedOn.stream(asItIs.get(), sdk, call, client);
                        } else {
                          stream(served, request.checked(), body, call, client);
                        }
                        return null;
                      }));
        });
  }

  private void stream(
      Served served, InvokeRequest request, ReadBody read, Call call, Chunked client) {
    if (served.entry().kind() != ModelEntry.Kind.CHAT
        || !(read.of(served.entry()) instanceof NativeBody.Chat body)) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    InvokeModelWithResponseStreamResponse head =
        InvokeModelWithResponseStreamResponse.builder()
            .contentType(JSON)
            .performanceConfigLatency(request.latency())
            .serviceTier(request.serviceTier())
            .build();
    ChunkSink chunks = new ChunkSink(body.chunks(), head, client);
    run(served.chat(), body, request.tiers(), new Measured(call, chunks));
  }

  private Calls.Asked asked(
      String operation, long start, Target target, InvokeRequest request, ReadBody body) {
    return new Calls.Asked(
        operation,
        start,
        target,
        request.metadata(),
        () -> Json.body(request.body()),
        body.inputTokens(),
        body.outputTokens(() -> names.mostOutput(target)));
  }
}
