package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Calls of a scripted Anthropic that answers as it should. */
class ProviderTest {

  private static String text(ConverseStreamOutput event) {
    SdkPojo pojo =
        event instanceof ConverseStreamMetadataEvent metadata
            ? metadata.toBuilder().metrics(m -> {}).build()
            : (SdkPojo) event;
    return new String(SdkJson.write(pojo), StandardCharsets.UTF_8);
  }

  @Test
  void everyKindOfBlockIsRead() {
    try (Remote remote = Remote.streaming(Calls.resource("answer.sse"))) {
      Calls.Events events = new Calls.Events();
      remote.model().converse(Remote.hello().build(), events);

      assertThat(events.sent.stream().map(ProviderTest::text))
          .containsExactlyElementsOf(Calls.resource("answer-events.txt").lines().toList());
    }
  }

  @Test
  void theRequestIsAnthropics() {
    try (Remote remote = Remote.streaming(Remote.SHORT_ANSWER)) {
      remote
          .model("beta", "a-1,b-2")
          .converse(
              Remote.hello()
                  .additionalModelRequestFields(
                      JsonDocuments.of(
                          Calls.json(
                              "{'anthropic_beta': ['c-3', 'a-1'], 'top_k': 3, 'unknown': [1.50],"
                                  + " 'reasoning_effort': 'low', 'seed': null}")))
                  .build(),
              new Calls.Events());

      var asked = remote.server.asked.getFirst();
      assertThat(asked.path()).isEqualTo("/v1/messages");
      assertThat(asked.headers())
          .containsEntry("x-api-key", "sk-ant-1")
          .containsEntry("anthropic-version", "2023-06-01")
          .containsEntry("anthropic-beta", "a-1,b-2,c-3");
      assertThat(Calls.json(asked.text()))
          .isEqualTo(
              Calls.json(
                  "{'model': 'claude-sonnet-4-5', 'messages': [{'role': 'user', 'content':"
                      + " [{'type': 'text', 'text': 'Hi'}]}], 'max_tokens': 10, 'top_k': 3,"
                      + " 'unknown': [1.50], 'output_config': {'effort': 'low'}, 'seed': null,"
                      + " 'stream': true}"));
    }
  }

  @Test
  void fieldsOfTheAnswerAreFoundByPath() {
    try (Remote remote = Remote.streaming(Remote.SHORT_ANSWER)) {
      Calls.Events events = new Calls.Events();
      remote
          .model()
          .converse(
              Remote.hello()
                  .additionalModelResponseFieldPaths(
                      "/stop_sequence", "/usage/output_tokens", "/content/0/text", "/absent")
                  .build(),
              events);

      MessageStopEvent stop = (MessageStopEvent) events.sent.get(events.sent.size() - 2);
      assertThat(stop.stopReasonAsString()).isEqualTo("stop_sequence");
      assertThat(JsonDocuments.json(stop.additionalModelResponseFields()))
          .hasToString(
              Calls.json(
                      "{'stop_sequence': 'HALT', 'usage': {'output_tokens': 2}, 'content': {'0':"
                          + " {'text': 'Hello'}}}")
                  .toString());
    }
  }

  @Test
  void withoutALimitTheModelsOwnIsAskedForOnce() {
    try (Remote remote =
        new Remote(
            (asked, reply) -> {
              if (asked.method().equals("GET")) {
                reply.json(200, "{\"id\":\"claude-sonnet-4-5\",\"max_tokens\":64000}");
              } else {
                reply.stream().chunk(Remote.SHORT_ANSWER);
              }
            })) {
      var model = remote.model();
      var entry = Calls.entry("claude", Map.of("model", "claude-sonnet-4-5"));
      assertThat(remote.provider.maxOutput(entry)).isEmpty();
      model.converse(Remote.hello().inferenceConfig(c -> {}).build(), new Calls.Events());
      model.converse(Remote.hello().inferenceConfig(c -> {}).build(), new Calls.Events());

      assertThat(remote.provider.maxOutput(entry)).hasValue(64_000);
      assertThat(remote.provider.maxOutput(Calls.entry("claude", Map.of("maxTokens", "9"))))
          .hasValue(9);
      assertThat(remote.provider.maxOutput(Calls.entry("claude", Map.of("nonsense", "9"))))
          .isEmpty();
      assertThat(remote.server.asked).hasSize(3);
      assertThat(remote.server.asked.getFirst().path()).isEqualTo("/v1/models/claude-sonnet-4-5");
      assertThat(remote.server.asked.get(2).json().path("max_tokens").asInt()).isEqualTo(64000);
    }
  }

  @Test
  void aServiceThatKnowsNoLimitsGetsTheLeastOne() {
    try (Remote remote =
        new Remote(
            (asked, reply) -> {
              if (asked.method().equals("GET")) {
                reply.json(404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"}}");
              } else {
                reply.stream().chunk(Remote.SHORT_ANSWER);
              }
            })) {
      remote.model().converse(Remote.hello().inferenceConfig(c -> {}).build(), new Calls.Events());
      assertThat(remote.server.asked.getLast().json().path("max_tokens").asInt()).isEqualTo(4096);

      remote
          .model("maxTokens", "77")
          .converse(Remote.hello().inferenceConfig(c -> {}).build(), new Calls.Events());
      assertThat(remote.server.asked.getLast().json().path("max_tokens").asInt()).isEqualTo(77);
    }
  }

  @Test
  void tokensAreCounted() {
    try (Remote remote = new Remote((asked, reply) -> reply.json(200, "{\"input_tokens\":41}"))) {
      int tokens =
          remote
              .model()
              .countTokens(
                  ConverseTokensRequest.builder()
                      .messages(Message.builder().role("user").content(c -> c.text("Hi")).build())
                      .system(s -> s.text("Be kind."))
                      .additionalModelRequestFields(
                          JsonDocuments.of(
                              Calls.json("{'top_k': 3, 'thinking': {'type': 'adaptive'}}")))
                      .build());

      assertThat(tokens).isEqualTo(41);
      assertThat(remote.server.asked.getFirst().path()).isEqualTo("/v1/messages/count_tokens");
      assertThat(Calls.json(remote.server.asked.getFirst().text()))
          .isEqualTo(
              Calls.json(
                  "{'model': 'claude-sonnet-4-5', 'messages': [{'role': 'user', 'content':"
                      + " [{'type': 'text', 'text': 'Hi'}]}], 'system': [{'type': 'text', 'text':"
                      + " 'Be kind.'}], 'thinking': {'type': 'adaptive'}}"));
    }
  }

  @Test
  void aSchemaIsFollowedByAToolWhereTheModelCannot() {
    String answer =
        Remote.SHORT_ANSWER
            .replace(
                "{\"type\":\"text\",\"text\":\"\"}",
                "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"answer\",\"input\":{}}")
            .replace(
                "{\"type\":\"text_delta\",\"text\":\"Hello\"}",
                "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}")
            .replace("\"stop_sequence\",\"stop_sequence\":\"HALT\"", "\"tool_use\"");
    try (Remote remote = Remote.streaming(answer)) {
      Calls.Events events = new Calls.Events();
      var request =
          Remote.hello()
              .outputConfig(
                  o ->
                      o.textFormat(
                          f ->
                              f.type(OutputFormatType.JSON_SCHEMA)
                                  .structure(
                                      s -> s.jsonSchema(j -> j.schema("{\"type\":\"object\"}")))));
      remote.model("structuredOutput", "tool").converse(request.build(), events);

      JsonNode asked = remote.server.asked.getFirst().json();
      assertThat(asked.at("/tools/0/input_schema/type").asText()).isEqualTo("object");
      assertThat(asked.at("/tool_choice/name").asText()).isEqualTo("answer");
      assertThat(events.sent.stream().map(ProviderTest::text).limit(4))
          .containsExactly(
              "{\"role\":\"assistant\"}",
              "{\"delta\":{\"text\":\"{}\"},\"contentBlockIndex\":0}",
              "{\"contentBlockIndex\":0}",
              "{\"stopReason\":\"end_turn\"}");
    }
  }

  @Test
  void whatAnthropicCannotTakeIsRefusedBeforeItIsAsked() {
    try (Remote remote = Remote.streaming(Remote.SHORT_ANSWER)) {
      refused(
          remote,
          Remote.hello().messages(m -> m.role("user").content(c -> c.video(v -> v.format("mp4")))),
          "doesn't support the video field");
      refused(
          remote,
          Remote.hello()
              .messages(m -> m.role("user").content(c -> c.cachePoint(p -> p.type("default")))),
          "A cachePoint must come after the content to cache");
      refused(
          remote,
          Remote.hello()
              .additionalModelRequestFields(JsonDocuments.of(Calls.json("{'max_tokens': 3}"))),
          "The additional field max_tokens conflicts with an existing field.");
      refused(
          remote,
          Remote.hello().additionalModelResponseFieldPaths("stop_sequence"),
          "is not a JSON pointer");
      assertThat(remote.server.asked).isEmpty();
    }
  }

  private static void refused(
      Remote remote,
      software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest.Builder request,
      String problem) {
    assertThatThrownBy(() -> remote.model().converse(request.build(), new Calls.Events()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void wrongSettingsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                new AnthropicProvider(
                    "claude-cloud",
                    ProviderSettings.of(
                        Map.of(
                            "type",
                            "anthropic",
                            "endpoints.one.url",
                            "https://api.anthropic.com"))))
        .hasMessageContaining("https://api.anthropic.com/v1");
    try (Remote remote = Remote.streaming("")) {
      assertThatThrownBy(() -> remote.model("temprature", "1"))
          .hasMessageContaining("unknown option temprature");
    }
  }
}
