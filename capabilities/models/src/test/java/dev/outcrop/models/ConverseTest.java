package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ScriptedModels.Events;
import dev.outcrop.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class ConverseTest {

  private final ScriptedModels scripted = new ScriptedModels();

  @Test
  void answersInOnePiece() {
    ConverseResponse response =
        converse(
            "one two three",
            r ->
                r.performanceConfig(p -> p.latency("standard"))
                    .serviceTier(t -> t.type("default")));

    assertThat(response.output().message().roleAsString()).isEqualTo("assistant");
    assertThat(response.output().message().content())
        .containsExactly(ContentBlock.fromText("one two three"));
    assertThat(response.stopReasonAsString()).isEqualTo("end_turn");
    assertThat(response.usage().inputTokens()).isEqualTo(4);
    assertThat(response.usage().outputTokens()).isEqualTo(3);
    assertThat(response.usage().totalTokens()).isEqualTo(7);
    assertThat(response.metrics().latencyMs()).isEqualTo(1);
    assertThat(response.performanceConfig().latencyAsString()).isEqualTo("standard");
    assertThat(response.serviceTier().typeAsString()).isEqualTo("default");
  }

  @Test
  void stopsWhereToldTo() {
    assertThat(converse("a b c", r -> r.inferenceConfig(c -> c.maxTokens(2))).stopReasonAsString())
        .isEqualTo("max_tokens");
    assertThat(
            converse("a b c", r -> r.inferenceConfig(c -> c.stopSequences("b")))
                .stopReasonAsString())
        .isEqualTo("stop_sequence");
  }

  @Test
  void streamsEventsInTheOrderOfAws() {
    Events<ConverseStreamOutput> events = new Events<>();
    scripted.inference.converseStream(
        ConverseStreamRequest.builder()
            .modelId("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.test.echo-v1:0")
            .messages(m -> m.role("user").content(ContentBlock.fromText("one two")))
            .serviceTier(t -> t.type("default"))
            .build(),
        events);

    assertThat(events.sent.stream().map(e -> e.sdkEventType().name()))
        .containsExactly(
            "MESSAGE_START",
            "CONTENT_BLOCK_DELTA",
            "CONTENT_BLOCK_DELTA",
            "CONTENT_BLOCK_STOP",
            "MESSAGE_STOP",
            "METADATA");
    ConverseStreamMetadataEvent metadata = (ConverseStreamMetadataEvent) events.sent.getLast();
    assertThat(metadata.serviceTier().typeAsString()).isEqualTo("default");
    assertThat(metadata.usage().totalTokens()).isEqualTo(5);
  }

  @Test
  void theProviderSeesWhatItAnswersForAndNothingElse() {
    converse(
        "hi",
        r ->
            r.requestMetadata(Map.of("team", "search"))
                .system(s -> s.text("be brief"))
                .inferenceConfig(c -> c.temperature(0.5f))
                .additionalModelRequestFields(
                    Document.fromMap(Map.of("top_k", Document.fromNumber(3))))
                .performanceConfig(p -> p.latency("standard")));

    ConverseStreamRequest asked = scripted.provider.asked.getFirst();
    assertThat(asked.hasRequestMetadata()).isFalse();
    assertThat(asked.performanceConfig()).isNull();
    assertThat(asked.system()).hasSize(1);
    assertThat(asked.inferenceConfig().temperature()).isEqualTo(0.5f);
    assertThat(asked.additionalModelRequestFields().asMap()).containsKey("top_k");
  }

  @Test
  void whatIsNotHonouredIsRefused() {
    assertThatThrownBy(
            () -> converse("hi", r -> r.guardrailConfig(g -> g.guardrailIdentifier("abc"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not implemented");
    refused(r -> r.promptVariables(Map.of("a", v("b")))).hasMessageContaining("promptVariables");
    refused(r -> r.performanceConfig(p -> p.latency("optimized")))
        .hasMessageContaining("expected standard");
    refused(r -> r.serviceTier(t -> t.type("priority"))).hasMessageContaining("expected default");
    refused(r -> r.requestMetadata(Map.of("key!", "v"))).hasMessageContaining("'key!'");
    refused(r -> r.requestMetadata(Map.of("", "v"))).hasMessageContaining("1 to 256");
    refused(r -> r.requestMetadata(many())).hasMessageContaining("17 entries");
    refused(r -> r.modelId("nobody.knows-v1"))
        .hasMessageContaining("The provided model identifier is invalid.");
    refused(r -> r.modelId(ScriptedModels.EMBEDDING))
        .hasMessageContaining("doesn't support the model");
    refused(r -> r.modelId("outcrop.quote-v1")).hasMessageContaining("RetrieveAndGenerate");
    refused(r -> r.modelId(ScriptedModels.ABSENT.id())).hasMessageContaining("outcrop models pull");
    assertThat(scripted.provider.asked).isEmpty();
  }

  /** Fails when an SDK release adds a field that nobody has thought about. */
  @Test
  void everyFieldOfTheRequestIsConsidered() {
    List<String> considered =
        List.of(
            "modelId",
            "messages",
            "system",
            "inferenceConfig",
            "toolConfig",
            "guardrailConfig",
            "additionalModelRequestFields",
            "promptVariables",
            "additionalModelResponseFieldPaths",
            "requestMetadata",
            "performanceConfig",
            "serviceTier",
            "outputConfig");
    assertThat(names(ConverseRequest.builder().build().sdkFields()))
        .containsExactlyInAnyOrderElementsOf(considered);
    assertThat(names(ConverseStreamRequest.builder().build().sdkFields()))
        .containsExactlyInAnyOrderElementsOf(considered);
  }

  @Test
  void aFullQueueIsThrottledAndTheOthersAreAnswered() throws Exception {
    scripted.provider.gate = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ConverseResponse>> running = new ArrayList<>();
      Callable<ConverseResponse> call = () -> converse("one two", r -> {});
      for (int i = 0; i < 3; i++) {
        running.add(callers.submit(call));
      }
      while (scripted.provider.asked.size() < 3) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> converse("late", r -> {}))
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("Too many requests");
      scripted.provider.gate.countDown();
      for (Future<ConverseResponse> answer : running) {
        assertThat(answer.get().stopReasonAsString()).isEqualTo("end_turn");
      }
    }
    assertThat(converse("again", r -> {}).stopReasonAsString()).isEqualTo("end_turn");
  }

  private static Map<String, String> many() {
    return Stream.iterate(0, i -> i + 1)
        .limit(17)
        .collect(java.util.stream.Collectors.toMap(i -> "k" + i, i -> "v"));
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.PromptVariableValues v(
      String text) {
    return software.amazon.awssdk.services.bedrockruntime.model.PromptVariableValues.builder()
        .text(text)
        .build();
  }

  private static Stream<String> names(List<SdkField<?>> fields) {
    return fields.stream().map(SdkField::locationName);
  }

  private AbstractThrowableAssert<?, ?> refused(Consumer<ConverseRequest.Builder> change) {
    return assertThatThrownBy(() -> converse("hi", change)).isInstanceOf(ValidationException.class);
  }

  private ConverseResponse converse(String text, Consumer<ConverseRequest.Builder> change) {
    ConverseRequest.Builder request =
        ConverseRequest.builder()
            .modelId(ScriptedModels.CHAT)
            .messages(m -> m.role("user").content(ContentBlock.fromText(text)));
    change.accept(request);
    return scripted.inference.converse(request.build());
  }
}
