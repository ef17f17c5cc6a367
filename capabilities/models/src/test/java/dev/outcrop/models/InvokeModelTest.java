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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void titanTextCompletesThePromptAsItStands() throws IOException {
    Map<String, String> headers = new HashMap<>();
    InvokeModelResponse response =
        ResponseHeaders.collect(
            headers,
            () ->
                invoke(
                    "{\"inputText\":\"a b c d\",\"textGenerationConfig\":{\"maxTokenCount\":2,"
                        + "\"temperature\":0,\"topP\":0.9,\"stopSequences\":[]}}",
                    r -> {}));

    assertThat(JSON.readTree(response.body().asUtf8String()))
        .isEqualTo(
            JSON.readTree(
                "{\"inputTextTokenCount\":4,\"results\":[{\"tokenCount\":2,\"outputText\":\"a b \","
                    + "\"completionReason\":\"LENGTH\"}]}"));
    assertThat(headers)
        .containsEntry("x-amzn-bedrock-input-token-count", "4")
        .containsEntry("x-amzn-bedrock-output-token-count", "2")
        .containsKey("x-amzn-bedrock-invocation-latency");
  }

  @Test
  void openAiChatGoesThroughTheTemplate() throws IOException {
    JsonNode answer =
        JSON.readTree(
            invoke(
                    "{\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"a b\"}]}],\"max_tokens\":9,\"stop\":\"b\","
                        + "\"model\":\"test.echo-v1\",\"stream\":false,\"n\":1}",
                    r -> {})
                .body()
                .asUtf8String());

    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("a ");
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
    assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(4);
    assertThat(answer.get("object").asText()).isEqualTo("chat.completion");
    assertThat(scripted.provider.asked.getFirst().system().getFirst().text()).isEqualTo("be brief");
  }

  @Test
  void titanTextStreams() throws IOException {
    List<JsonNode> chunks = stream("{\"inputText\":\"a b\"}");
    assertThat(chunks).hasSize(3);
    assertThat(chunks.get(0).get("outputText").asText()).isEqualTo("a ");
    assertThat(chunks.get(1).get("completionReason").isNull()).isTrue();
    assertThat(chunks.get(2).get("completionReason").asText()).isEqualTo("FINISH");
    assertThat(chunks.get(2).get("totalOutputTextTokenCount").asInt()).isEqualTo(2);
    JsonNode metrics = chunks.get(2).get("amazon-bedrock-invocationMetrics");
    assertThat(metrics.get("inputTokenCount").asInt()).isEqualTo(2);
    assertThat(metrics.get("outputTokenCount").asInt()).isEqualTo(2);
    assertThat(metrics.get("firstByteLatency").asLong())
        .isLessThanOrEqualTo(metrics.get("invocationLatency").asLong());
  }

  @Test
  void openAiChatStreams() throws IOException {
    List<JsonNode> chunks =
        stream("{\"messages\":[{\"role\":\"user\",\"content\":\"a b\"}],\"stream\":true}");
    assertThat(chunks).hasSize(3);
    assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(chunks.get(1).at("/choices/0/delta").has("role")).isFalse();
    assertThat(chunks.get(2).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(2).at("/usage/completion_tokens").asInt()).isEqualTo(2);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt\":\"a\"}|extraneous key [prompt] is not permitted",
        "{\"inputText\":\"\"}|expected minLength: 1",
        "{\"inputText\":\"a\",\"textGenerationConfig\":{\"topK\":1}}|#/textGenerationConfig: extraneous key [topK]",
        "{\"inputText\":\"a\",\"textGenerationConfig\":{\"temperature\":1.5}}|1.5 is not less or equal to 1",
        "{\"inputText\":\"a\",\"textGenerationConfig\":{\"maxTokenCount\":0}}|0 is not greater or equal to 1",
        "{\"inputText\":\"a\",\"textGenerationConfig\":{\"stopSequences\":[1]}}|stopSequences/0: expected type: String",
        "{\"messages\":\"a\"}|#/messages: expected type: JSONArray",
        "{\"messages\":[1]}|#/messages/0: expected type: JSONObject",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]}|tool is not a valid enum value",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}|image_url is not a valid enum value",
        "{\"messages\":[],\"tools\":[]}|extraneous key [tools]",
        "{\"messages\":[],\"n\":2}|2 is not less or equal to 1",
        "{\"messages\":[],\"stream\":true}|use InvokeModelWithResponseStream",
        "{\"messages\":[],\"model\":\"other\"}|other is not the model of this call"
      })
  void badBodiesAreRefused(String body, String problem) {
    assertThatThrownBy(() -> invoke(body, r -> {}))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("Malformed input request: ")
        .hasMessageContaining(problem);
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
    refused(r -> r.body(SdkBytes.fromByteArray(new byte[0])), "body is empty");
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

  @Test
  void shorterDimensionsAreCutAndNormalised() throws IOException {
    String body = "{\"inputText\":\"aab cc dd\",\"dimensions\":2,\"normalize\":";
    JsonNode normal = embed(body + "true}");
    JsonNode cut = embed(body + "false}");
    assertThat(normal.get("embedding")).hasSize(2);
    assertThat(normal.get("embedding").get(0).asDouble())
        .isCloseTo(2 / Math.sqrt(5), org.assertj.core.api.Assertions.within(1e-6));
    assertThat(cut.get("embedding").get(0).asDouble())
        .isCloseTo(2 / Math.sqrt(13), org.assertj.core.api.Assertions.within(1e-6));
    assertThatThrownBy(() -> embed("{\"inputText\":\"a\",\"dimensions\":3}"))
        .hasMessageContaining("[4, 2]");
  }

  private JsonNode embed(String body) throws IOException {
    return JSON.readTree(
        invoke(body, r -> r.modelId(ScriptedModels.EMBEDDING)).body().asUtf8String());
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
