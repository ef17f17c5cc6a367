package dev.outcrop.models.recordings;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeModel;
import dev.outcrop.models.Provider;
import dev.outcrop.models.RerankModel;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.ResponseHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * A provider of models that answer otherwise every time, so that a replay can't be mistaken for a
 * call, and fail on demand. Native bodies are for the model {@code native}.
 */
final class Scripted implements Provider {
  int calls;

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new Chat();
  }

  private final class Chat implements ChatModel {
    @Override
    public boolean readsDocuments(String format) {
      return format.equals("pdf");
    }

    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      calls++;
      String text = request.messages().getLast().content().getFirst().text();
      if ("wrong".equals(text)) {
        throw ValidationException.builder().message("that is wrong").build();
      }
      if ("busy".equals(text)) {
        throw ThrottlingException.builder().message("busy").build();
      }
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      events.send(
          ConverseStreamOutput.contentBlockDeltaBuilder()
              .contentBlockIndex(0)
              .delta(ContentBlockDelta.fromText("answer " + calls + " "))
              .build());
      if ("break".equals(text)) {
        throw ModelErrorException.builder().message("broke").originalStatusCode(502).build();
      }
      events.send(
          ConverseStreamOutput.contentBlockStartBuilder()
              .contentBlockIndex(1)
              .start(s -> s.toolUse(t -> t.name("look").toolUseId("tooluse_" + UUID.randomUUID())))
              .build());
      events.send(
          ConverseStreamOutput.messageStopBuilder()
              .stopReason("tool_use")
              .additionalModelResponseFields(
                  Document.mapBuilder().putString("id", "x").putNumber("score", 1.5).build())
              .build());
      events.send(
          ConverseStreamOutput.metadataBuilder()
              .usage(u -> u.inputTokens(calls).outputTokens(2).totalTokens(calls + 2))
              .metrics(m -> m.latencyMs(3L))
              .build());
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      converse(request, events);
    }

    @Override
    public int countTokens(ConverseTokensRequest request) {
      return ++calls;
    }
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return new EmbeddingModel() {
      @Override
      public List<Integer> dimensions() {
        return List.of(3, 2);
      }

      @Override
      public int window() {
        return 77;
      }

      @Override
      public int countTokens(String text) {
        return ++calls;
      }

      @Override
      public List<float[]> embed(List<String> texts, Purpose purpose) {
        calls++;
        return texts.stream().map(text -> new float[] {calls, -0.1f, Float.MIN_VALUE}).toList();
      }
    };
  }

  @Override
  public ImageModel image(ModelEntry entry) {
    return request ->
        new ImageModel.Answer(List.of(new byte[] {1, 2, (byte) ++calls}), Arrays.asList(5L, null));
  }

  @Override
  public RerankModel rerank(ModelEntry entry) {
    return (query, documents) -> List.of(new RerankModel.Score(1, 0.25 + ++calls));
  }

  @Override
  public Optional<NativeModel> nativeBodies(ModelEntry entry) {
    return entry.id().equals("native") ? Optional.of(new Native()) : Optional.empty();
  }

  private final class Native implements NativeModel {
    @Override
    public InvokeModelResponse invoke(InvokeModelRequest request) {
      ResponseHeaders.set("x-amzn-bedrock-input-token-count", "9");
      return InvokeModelResponse.builder()
          .contentType("application/json")
          .body(SdkBytes.fromUtf8String("{\"call\":" + ++calls + ",\"n\":0.10}"))
          .build();
    }

    @Override
    public void invoke(
        InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
      events.respond(
          InvokeModelWithResponseStreamResponse.builder().contentType("application/json").build());
      for (int i = 0; i < 2; i++) {
        events.send(
            ResponseStream.chunkBuilder()
                .bytes(SdkBytes.fromUtf8String("{\"chunk\":" + ++calls + "}"))
                .build());
      }
    }
  }

  @Override
  public void close() {}
}
