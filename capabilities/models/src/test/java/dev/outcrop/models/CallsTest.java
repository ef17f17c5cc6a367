package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ScriptedModels.Events;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What observers hear of calls, and fail-over. */
class CallsTest {

  private final ScriptedModels scripted = new ScriptedModels();
  private final Observed observed = scripted.observed;

  @Test
  void aCallIsDescribedBeforeItIsMadeAndToldHowItEnded() {
    observed.wantsOutput = true;
    converse(
        ScriptedModels.PROFILE,
        "one two",
        r -> r.requestMetadata(Map.of("team", "a")).inferenceConfig(c -> c.maxTokens(7)));

    ModelCall call = observed.calls.getFirst();
    assertThat(call.operation()).isEqualTo("Converse");
    assertThat(call.requestId()).isNotBlank().isNotEqualTo("none");
    assertThat(call.account()).isEqualTo("000000000000");
    assertThat(call.modelId()).isEqualTo(ScriptedModels.PROFILE);
    assertThat(call.profile()).isEqualTo(ScriptedModels.PROFILE);
    assertThat(call.entry().id()).isEqualTo(ScriptedModels.CHAT);
    assertThat(call.metadata()).containsEntry("team", "a");
    assertThat(call.inputTokens()).isGreaterThanOrEqualTo(3);
    assertThat(call.outputTokens()).isEqualTo(7);
    assertThat(call.input().get().at("/messages/0/content/0/text").asText()).isEqualTo("one two");
    assertThat(call.input().get().has("modelId")).isFalse();
    Outcome outcome = observed.outcomes.getFirst();
    assertThat(outcome.usage()).isEqualTo(new Usage(3, 2, 0, 0, 0));
    assertThat(outcome.stopReason()).isEqualTo("end_turn");
    assertThat(outcome.servedBy().id()).isEqualTo(ScriptedModels.CHAT);
    assertThat(outcome.failure()).isNull();
    assertThat(observed.output).hasSize(1);
    assertThat(observed.output.getFirst().at("/output/message/content/0/text").asText())
        .isEqualTo("one two");
  }

  @Test
  void anAnswerWithoutABoundIsAsLongAsTheModelsAre() throws IOException {
    converse(ScriptedModels.CHAT, "a", r -> {});
    scripted.provider.maxOutput = OptionalLong.of(9_000);
    converse(ScriptedModels.CHAT, "a", r -> {});
    invoke(ScriptedModels.CHAT, "{\"inputText\":\"a b\"}");
    // Its own bound is 100; the model that it falls back on may write more.
    converse(ScriptedModels.THROTTLED, "a", r -> {});
    assertThat(observed.calls)
        .extracting(ModelCall::outputTokens)
        .containsExactly(4_096L, 9_000L, 9_000L, 9_000L);
  }

  @Test
  void aStreamEndsForObserversBeforeItsLastEventIsSent() {
    observed.wantsOutput = true;
    List<Integer> endedAt = new ArrayList<>();
    scripted.inference.converseStream(
        streaming(ScriptedModels.CHAT, "one two"),
        new Events<>() {
          @Override
          public void send(ConverseStreamOutput event) {
            super.send(event);
            endedAt.add(observed.outcomes.size());
          }
        });
    assertThat(endedAt).containsExactly(0, 0, 0, 0, 0, 1);
    assertThat(observed.outcomes).hasSize(1);
    assertThat(observed.outcomes.getFirst().firstTokenMillis()).isNotNegative();
    assertThat(observed.output)
        .extracting(json -> json.fieldNames().next())
        .containsExactly(
            "messageStart",
            "contentBlockDelta",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata");
    assertThat(observed.output.get(1).at("/contentBlockDelta/delta/text").asText())
        .isEqualTo("one ");
  }

  @Test
  void nativeBodiesAreWatchedToo() throws IOException {
    observed.wantsOutput = true;
    invoke(ScriptedModels.CHAT, "{\"inputText\":\"a b\",\"most\":5}");
    assertThat(observed.calls.getFirst().operation()).isEqualTo("InvokeModel");
    assertThat(observed.calls.getFirst().outputTokens()).isEqualTo(5);
    assertThat(observed.calls.getFirst().input().get().get("inputText").asText()).isEqualTo("a b");
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(new Usage(2, 2, 0, 0, 0));
    assertThat(observed.output.getFirst().get("said").asText()).isEqualTo("a b");

    invoke(ScriptedModels.EMBEDDING, "{\"inputText\":\"a b c\"}");
    assertThat(observed.outcomes.get(1).usage()).isEqualTo(new Usage(3, 0, 0, 0, 0));

    invoke(ScriptedModels.IMAGE, "{\"draw\":\"a square\"}");
    assertThat(observed.outcomes.get(2).usage()).isEqualTo(new Usage(0, 0, 0, 0, 2));

    observed.output.clear();
    Events<ResponseStream> events = new Events<>();
    stream(ScriptedModels.CHAT, "{\"inputText\":\"a b\"}", events);
    assertThat(observed.outcomes.get(3).usage()).isEqualTo(new Usage(2, 2, 0, 0, 0));
    assertThat(observed.output).hasSize(events.sent.size());
  }

  @Test
  void whatAnObserverRefusesIsNotAsked() {
    observed.refuses = true;
    assertThatThrownBy(() -> converse(ScriptedModels.CHAT, "hi", r -> {}))
        .isInstanceOf(ThrottlingException.class);
    assertThat(scripted.provider.asked).isEmpty();
    assertThat(observed.outcomes).isEmpty();
  }

  @Test
  void watchesThatBeganBeforeARefusalAreEnded() {
    Observed before = new Observed();
    observed.refuses = true;
    Calls calls = new Calls(List.<CallObserver>of(before, observed));
    Target target = new Target("x", "x", scripted.models.entry(ScriptedModels.CHAT), null, null);
    Calls.Asked asked =
        new Calls.Asked("Converse", System.nanoTime(), target, Map.of(), () -> null, 1, 1);
    assertThatThrownBy(() -> calls.watch(asked, call -> "never"))
        .isInstanceOf(ThrottlingException.class);
    assertThat(before.outcomes.getFirst().failure()).isInstanceOf(ThrottlingException.class);
    assertThat(before.outcomes.getFirst().usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void whatTheModelRefusesIsToldAsAFailure() {
    assertThatThrownBy(() -> converse(ScriptedModels.CHAT, "refuse", r -> {}))
        .isInstanceOf(ValidationException.class);
    assertThat(observed.outcomes.getFirst().failure()).isInstanceOf(ValidationException.class);
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(Usage.NONE);
    assertThatThrownBy(() -> invoke(ScriptedModels.CHAT, "{\"nobody\":1}"))
        .isInstanceOf(ValidationException.class);
    assertThat(observed.outcomes.get(1).failure()).isInstanceOf(ValidationException.class);
  }

  @Test
  void aClientThatLeavesHasConsumedWhatWasWrittenSoFar() {
    EventSink<ConverseStreamOutput> leaves =
        new EventSink<>() {
          @Override
          public void respond(SdkResponse initial) {}

          @Override
          public void send(ConverseStreamOutput event) {
            if (event instanceof ContentBlockDeltaEvent delta
                && delta.delta().text().equals("c ")) {
              Thread.currentThread().interrupt();
              throw new ClientGoneException(new IOException("gone"));
            }
          }
        };
    assertThatThrownBy(
            () ->
                scripted.inference.converseStream(
                    streaming(ScriptedModels.CHAT, "a b c d e"), leaves))
        .isInstanceOf(ClientGoneException.class);
    assertThat(Thread.interrupted()).isTrue();
    Outcome outcome = observed.outcomes.getFirst();
    assertThat(outcome.failure()).isInstanceOf(ClientGoneException.class);
    assertThat(outcome.usage().output()).isEqualTo(3);
    assertThat(outcome.usage().input()).isPositive();
  }

  @Test
  void anotherModelAnswersWhenTheFirstIsThrottled() {
    ConverseResponse response = converse(ScriptedModels.THROTTLED, "one two", r -> {});
    assertThat(response.output().message().content())
        .containsExactly(ContentBlock.fromText("one two"));
    assertThat(observed.calls.getFirst().entry().id()).isEqualTo(ScriptedModels.THROTTLED);
    assertThat(observed.outcomes.getFirst().servedBy().id()).isEqualTo(ScriptedModels.CHAT);
    assertThat(observed.outcomes.getFirst().failure()).isNull();
  }

  @Test
  void anAnswerInOnePieceThatBreaksOffIsMadeByAnotherModelAnew() throws IOException {
    ConverseResponse response = converse(ScriptedModels.BROKEN, "one two", r -> {});
    assertThat(response.output().message().content())
        .containsExactly(ContentBlock.fromText("one two"));
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(new Usage(3, 2, 0, 0, 0));
    assertThat(invoke(ScriptedModels.BROKEN, "{\"inputText\":\"a b\"}"))
        .contains("\"said\":\"a b\"");
  }

  @Test
  void aStreamThatBreaksOffFails() {
    Events<ConverseStreamOutput> events = new Events<>();
    assertThatThrownBy(
            () ->
                scripted.inference.converseStream(
                    streaming(ScriptedModels.BROKEN, "one two"), events))
        .isInstanceOf(ModelStreamErrorException.class)
        .hasMessageContaining("breaks off");
    assertThat(events.sent).hasSize(2);
    assertThat(observed.outcomes.getFirst().servedBy().id()).isEqualTo(ScriptedModels.BROKEN);
    assertThat(observed.outcomes.getFirst().usage().output()).isEqualTo(1);
    assertThatThrownBy(
            () -> stream(ScriptedModels.BROKEN, "{\"inputText\":\"a b\"}", new Events<>()))
        .isInstanceOf(ModelStreamErrorException.class);
  }

  @Test
  void streamsFailOverBeforeTheyBegin() {
    Events<ConverseStreamOutput> events = new Events<>();
    scripted.inference.converseStream(streaming(ScriptedModels.THROTTLED, "one two"), events);
    assertThat(events.sent.getLast()).isInstanceOf(ConverseStreamMetadataEvent.class);
    Events<ResponseStream> chunks = new Events<>();
    stream(ScriptedModels.THROTTLED, "{\"inputText\":\"a b\"}", chunks);
    assertThat(chunks.sent).hasSize(3);
    assertThat(chunks.heads).hasSize(1);
  }

  @Test
  void whenAllFailTheFirstOnesReasonIsTold() {
    assertThatThrownBy(() -> converse("test.hopeless-v1", "one", r -> {}))
        .isInstanceOf(ThrottlingException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(observed.outcomes.getFirst().servedBy().id()).isEqualTo(ScriptedModels.THROTTLED);
    assertThatThrownBy(() -> converse(ScriptedModels.THROTTLED, "refuse", r -> {}))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aRoutersDecisionIsInTheTrace() {
    assertThat(
            converse(ScriptedModels.ROUTER, "one", r -> {}).trace().promptRouter().invokedModelId())
        .isEqualTo(ScriptedModels.CHAT);
    Events<ConverseStreamOutput> events = new Events<>();
    scripted.inference.converseStream(streaming(ScriptedModels.ROUTER, "one two"), events);
    assertThat(
            ((ConverseStreamMetadataEvent) events.sent.getLast())
                .trace()
                .promptRouter()
                .invokedModelId())
        .isEqualTo(ScriptedModels.CHAT);
  }

  @Test
  void streamErrorsOfAnswersInOnePieceAreModelErrors() {
    assertThatThrownBy(
            () ->
                Chats.streamed(
                    () -> true,
                    () -> {
                      throw ModelStreamErrorException.builder().message("m").build();
                    }))
        .isInstanceOf(ModelErrorException.class);
  }

  private ConverseResponse converse(
      String modelId, String text, Consumer<ConverseRequest.Builder> change) {
    ConverseRequest.Builder request =
        ConverseRequest.builder()
            .modelId(modelId)
            .messages(m -> m.role("user").content(ContentBlock.fromText(text)));
    change.accept(request);
    return scripted.inference.converse(request.build());
  }

  private static ConverseStreamRequest streaming(String modelId, String text) {
    return ConverseStreamRequest.builder()
        .modelId(modelId)
        .messages(m -> m.role("user").content(ContentBlock.fromText(text)))
        .build();
  }

  private String invoke(String modelId, String body) {
    return scripted
        .inference
        .invokeModel(
            InvokeModelRequest.builder()
                .modelId(modelId)
                .body(SdkBytes.fromUtf8String(body))
                .build())
        .body()
        .asUtf8String();
  }

  private void stream(String modelId, String body, Events<ResponseStream> events) {
    scripted.inference.invokeModelWithResponseStream(
        InvokeModelWithResponseStreamRequest.builder()
            .modelId(modelId)
            .body(SdkBytes.fromUtf8String(body))
            .build(),
        events);
  }
}
