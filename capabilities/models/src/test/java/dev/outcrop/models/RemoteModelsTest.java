package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ScriptedModels.Events;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.LocalClients;
import dev.outcrop.wire.ResponseHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Providers that come and go with the configuration, and one that takes everything as it is. */
class RemoteModelsTest {

  private final ScriptedProvider provider = new ScriptedProvider("far");
  private final Observed observed = new Observed();
  private final Models models =
      new Models(catalogue(), new ModelFiles(Path.of("target/no-models")), List.of());
  private final Inference inference =
      new Inference(
          new Inference.Parts(
              models,
              1,
              List.of(new PlainBodies()),
              List.of(),
              List.of(observed),
              Attachments.NONE));

  private static Catalogue catalogue() {
    return Catalogue.of(
        new ModelsSettings(
            List.of(
                entry("far.echo", "far"),
                entry("far.bedrock", "bedrock"),
                entry("far.canvas", "bedrock", ModelEntry.Kind.IMAGE)),
            Map.of(),
            1));
  }

  private static CatalogueEntry entry(String id, String provider) {
    return entry(id, provider, ModelEntry.Kind.CHAT);
  }

  private static CatalogueEntry entry(String id, String provider, ModelEntry.Kind kind) {
    return new CatalogueEntry(
        id, null, null, provider, kind, null, null, 0, null, false, Map.of(), null, null);
  }

  @Test
  void aProviderThatIsGoneIsClosedWhenItsLastCallHasEnded() throws Exception {
    models.configure(catalogue(), List.of(provider));
    provider.gate = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      // More at once than a local model would be given.
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        running.add(callers.submit(() -> converse("far.echo", r -> {})));
      }
      while (provider.asked.size() < 5) {
        Thread.onSpinWait();
      }
      models.configure(catalogue(), List.of());
      assertThat(provider.closed).isFalse();
      assertThatThrownBy(() -> converse("far.echo", r -> {}))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("provider 'far', which is not here");
      provider.gate.countDown();
      for (Future<String> answer : running) {
        assertThat(answer.get()).isEqualTo("one two");
      }
    }
    assertThat(provider.closed).isTrue();
  }

  @Test
  void aProviderThatStaysIsNotClosed() {
    models.configure(catalogue(), List.of(provider));
    models.configure(catalogue(), List.of(provider));
    assertThat(provider.closed).isFalse();
    ScriptedProvider other = new ScriptedProvider("far");
    models.configure(catalogue(), List.of(other));
    assertThat(provider.closed).isTrue();
    assertThat(converse("far.echo", r -> {})).isEqualTo("one two");
    models.close();
    assertThat(other.closed).isTrue();
  }

  @Test
  void realBedrockGetsEveryFieldAsItWasSent() {
    AsItIs bedrock = new AsItIs();
    models.configure(catalogue(), List.of(bedrock));
    converse(
        "far.bedrock",
        r ->
            r.guardrailConfig(g -> g.guardrailIdentifier("g").guardrailVersion("1"))
                .performanceConfig(p -> p.latency("optimized"))
                .requestMetadata(Map.of("a", "b")));
    assertThat(bedrock.asked.guardrailConfig().guardrailIdentifier()).isEqualTo("g");
    assertThat(bedrock.asked.performanceConfig().latencyAsString()).isEqualTo("optimized");
    assertThat(bedrock.asked.requestMetadata()).containsEntry("a", "b");
  }

  @Test
  void realBedrockGetsNativeBodiesAsTheyAreAndItsCountsAreKept() {
    models.configure(catalogue(), List.of(new AsItIs()));
    observed.wantsOutput = true;
    Map<String, String> headers = new HashMap<>();
    String answer =
        ResponseHeaders.collect(
            headers,
            () ->
                inference
                    .invokeModel(
                        InvokeModelRequest.builder()
                            .modelId("far.bedrock")
                            .guardrailIdentifier("g")
                            .body(SdkBytes.fromUtf8String("{\"anything\":1}"))
                            .build())
                    .body()
                    .asUtf8String());
    assertThat(answer).isEqualTo("{\"anything\":1}");
    assertThat(headers).containsEntry("x-amzn-bedrock-cache-read-input-token-count", "5");
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(new Usage(3, 4, 5, 0, 0));

    Events<ResponseStream> events = new Events<>();
    inference.invokeModelWithResponseStream(
        InvokeModelWithResponseStreamRequest.builder()
            .modelId("far.bedrock")
            .body(SdkBytes.fromUtf8String("{}"))
            .build(),
        events);
    assertThat(events.sent).hasSize(2);
    assertThat(observed.outcomes.get(1).usage()).isEqualTo(new Usage(7, 8, 0, 9, 0));
    assertThat(observed.output).hasSize(3);
  }

  @Test
  void imagesOfRealBedrockAreCounted() {
    models.configure(catalogue(), List.of(new AsItIs()));
    inference.invokeModel(
        InvokeModelRequest.builder()
            .modelId("far.canvas")
            .body(SdkBytes.fromUtf8String("{\"images\":[\"AAAA\",\"BBBB\"]}"))
            .build());
    assertThat(observed.outcomes.getFirst().usage().images()).isEqualTo(2);
  }

  private String converse(String modelId, Consumer<ConverseRequest.Builder> change) {
    return LocalClients.create(BedrockRuntimeClient.class, Capabilities.of(inference))
        .converse(
            r -> {
              r.modelId(modelId)
                  .messages(m -> m.role("user").content(ContentBlock.fromText("one two")));
              change.accept(r);
            })
        .output()
        .message()
        .content()
        .getFirst()
        .text();
  }

  /** Says bodies back, with made-up counts. */
  private static final class AsItIs implements Provider, ChatModel, NativeModel {
    private ConverseStreamRequest asked;

    @Override
    public String name() {
      return "bedrock";
    }

    @Override
    public ChatModel chat(ModelEntry entry) {
      return this;
    }

    @Override
    public Optional<NativeModel> nativeBodies(ModelEntry entry) {
      return Optional.of(this);
    }

    @Override
    public boolean takesEveryField() {
      return true;
    }

    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      asked = request;
      new ScriptedProvider("echo")
          .chat(new ModelEntry("e", "echo", ModelEntry.Kind.CHAT, null, Map.of()))
          .converse(request, events);
    }

    @Override
    public int countTokens(ConverseTokensRequest request) {
      return 1;
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      converse(request, events);
    }

    @Override
    public InvokeModelResponse invoke(InvokeModelRequest request) {
      ResponseHeaders.set("x-amzn-bedrock-input-token-count", "3");
      ResponseHeaders.set("x-amzn-bedrock-output-token-count", "4");
      ResponseHeaders.set("x-amzn-bedrock-cache-read-input-token-count", "5");
      return InvokeModelResponse.builder().body(request.body()).build();
    }

    @Override
    public void invoke(
        InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
      for (String chunk :
          List.of(
              "{\"a\":1}",
              "{\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":7,"
                  + "\"outputTokenCount\":8,\"cacheWriteInputTokenCount\":9}}")) {
        events.send(ResponseStream.chunkBuilder().bytes(SdkBytes.fromUtf8String(chunk)).build());
      }
    }

    @Override
    public void close() {}
  }
}
