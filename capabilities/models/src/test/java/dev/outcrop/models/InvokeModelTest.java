package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.models.ScriptedModels.Events;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.ResponseHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class InvokeModelTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScriptedModels scripted = new ScriptedModels();

  @Test
  void eachKindOfModelIsRunByItsBody() throws IOException {
    Map<String, String> headers = new HashMap<>();
    InvokeModelResponse response =
        ResponseHeaders.collect(
            headers, () -> invoke("{\"inputText\":\"a b c d\",\"most\":2}", r -> {}));

    assertThat(response.body().asUtf8String())
        .isEqualTo("{\"said\":\"a b \",\"why\":\"max_tokens\"}");
    assertThat(headers)
        .containsEntry("x-amzn-bedrock-input-token-count", "4")
        .containsEntry("x-amzn-bedrock-output-token-count", "2")
        .containsKey("x-amzn-bedrock-invocation-latency");
    assertThat(invokeOf(ScriptedModels.EMBEDDING, "{\"inputText\":\"a\"}"))
        .isEqualTo("{\"first\":1.0}");
    assertThat(invokeOf(ScriptedModels.IMAGE, "{\"draw\":\"a\"}")).isEqualTo("{\"images\":2}");
    assertThat(invokeOf(ScriptedModels.RERANK, "{\"query\":\"q\",\"documents\":[\"a\",\"bb\"]}"))
        .isEqualTo("{\"best\":1}");
  }

  @Test
  void aBodyOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> invokeOf(ScriptedModels.CHAT, "{\"draw\":\"a\"}"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("is not an image model");
    assertThatThrownBy(() -> invokeOf(ScriptedModels.EMBEDDING, "{\"query\":1,\"documents\":[]}"))
        .hasMessageContaining("is not a reranking model");
    assertThatThrownBy(() -> invokeOf(ScriptedModels.CHAT, "{\"nobody\":1}"))
        .hasMessageStartingWith("Malformed input request: ")
        .hasMessageContaining("no form that is known");
  }

  @Test
  void theLastChunkHasTheMetrics() throws IOException {
    List<JsonNode> chunks = stream("{\"inputText\":\"a b\"}");
    assertThat(chunks).hasSize(3);
    assertThat(chunks.get(0).get("piece").asText()).isEqualTo("a ");
    assertThat(chunks.get(1).has("amazon-bedrock-invocationMetrics")).isFalse();
    assertThat(chunks.get(2).get("why").asText()).isEqualTo("end_turn");
    JsonNode metrics = chunks.get(2).get("amazon-bedrock-invocationMetrics");
    assertThat(metrics.get("inputTokenCount").asInt()).isEqualTo(2);
    assertThat(metrics.get("outputTokenCount").asInt()).isEqualTo(2);
    assertThat(metrics.get("firstByteLatency").asLong())
        .isLessThanOrEqualTo(metrics.get("invocationLatency").asLong());
  }

  @Test
  void aRefusalIsAnErrorAndNotAStream() {
    Events<ResponseStream> events = new Events<>();
    assertThatThrownBy(() -> stream(ScriptedModels.CHAT, "{\"inputText\":\"refuse\"}", events))
        .isInstanceOf(ValidationException.class);
    assertThat(events.heads).isEmpty();
    assertThatThrownBy(() -> stream(ScriptedModels.EMBEDDING, "{\"inputText\":\"a\"}", events))
        .hasMessageContaining("The model is unsupported for streaming.");
  }

  @Test
  void headersAreHonouredOrRefused() {
    String body = "{\"inputText\":\"a\"}";
    InvokeModelResponse response =
        invoke(
            body,
            r ->
                r.contentType("application/json; charset=utf-8")
                    .accept("*/*")
                    .trace("DISABLED")
                    .performanceConfigLatency("standard")
                    .serviceTier("default")
                    .requestMetadata("{\"team\":\"search\"}"));
    assertThat(response.performanceConfigLatencyAsString()).isEqualTo("standard");
    assertThat(response.serviceTierAsString()).isEqualTo("default");
    refused(r -> r.contentType("text/plain"), "contentType 'text/plain'");
    refused(r -> r.accept("image/png"), "accept 'image/png'");
    refused(r -> r.trace("ENABLED"), "trace");
    notImplemented(r -> r.guardrailIdentifier("g"));
    notImplemented(r -> r.guardrailVersion("1"));
    refused(r -> r.performanceConfigLatency("optimized"), "expected standard");
    refused(r -> r.serviceTier("flex"), "expected default");
    refused(r -> r.requestMetadata("{\"a\":1}"), "object of strings");
    refused(r -> r.requestMetadata("x"), "not valid JSON");
    refused(r -> r.body(SdkBytes.fromByteArray(new byte[0])), "no form that is known");
  }

  /** Fails when an SDK release adds a field that nobody has thought about. */
  @Test
  void everyFieldOfTheRequestIsConsidered() {
    List<String> considered =
        List.of(
            "BODY_FIELD",
            "contentType",
            "accept",
            "modelId",
            "trace",
            "guardrailIdentifier",
            "guardrailVersion",
            "performanceConfigLatency",
            "serviceTier",
            "requestMetadata");
    assertThat(InvokeModelRequest.builder().build().sdkFields().stream().map(InvokeModelTest::name))
        .containsExactlyInAnyOrderElementsOf(considered);
    assertThat(
            InvokeModelWithResponseStreamRequest.builder().build().sdkFields().stream()
                .map(InvokeModelTest::name))
        .containsExactlyInAnyOrderElementsOf(considered);
  }

  private static String name(SdkField<?> field) {
    return field.memberName().equals("body") ? "BODY_FIELD" : field.memberName();
  }

  private String invokeOf(String modelId, String body) {
    return invoke(body, r -> r.modelId(modelId)).body().asUtf8String();
  }

  private void notImplemented(Consumer<InvokeModelRequest.Builder> change) {
    assertThatThrownBy(() -> invoke("{\"inputText\":\"a\"}", change))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not implemented");
  }

  private void refused(Consumer<InvokeModelRequest.Builder> change, String problem) {
    assertThatThrownBy(() -> invoke("{\"inputText\":\"a\"}", change))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  private InvokeModelResponse invoke(String body, Consumer<InvokeModelRequest.Builder> change) {
    InvokeModelRequest.Builder request =
        InvokeModelRequest.builder()
            .modelId(ScriptedModels.CHAT)
            .body(SdkBytes.fromUtf8String(body));
    change.accept(request);
    return scripted.inference.invokeModel(request.build());
  }

  private List<JsonNode> stream(String body) throws IOException {
    Events<ResponseStream> events = new Events<>();
    stream(ScriptedModels.CHAT, body, events);
    assertThat(events.heads).hasSize(1);
    List<JsonNode> chunks = new ArrayList<>();
    for (ResponseStream event : events.sent) {
      chunks.add(JSON.readTree(((PayloadPart) event).bytes().asUtf8String()));
    }
    return chunks;
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
