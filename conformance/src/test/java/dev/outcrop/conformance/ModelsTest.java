package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Answer;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import dev.outcrop.conformance.running.Homes;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue, embeddings and a real chat model of 135M parameters. */
final class ModelsTest {
  private static final String TITAN = "amazon.titan-embed-text-v2:0";

  /** Temperature 0, so that every client gets the same words. */
  private static final String QUESTION =
      """
      {"modelId": "%s",
       "system": [{"text": "You are a helpful assistant."}],
       "messages": [{"role": "user", "content": [{"text": "What is the capital of France?"}]}],
       "inferenceConfig": {"maxTokens": %d, "temperature": 0%s}}
      """;

  @ParameterizedTest
  @EnumSource
  void theCatalogueListsModels(Kind kind) {
    JsonNode all = kind.client().call("bedrock", "ListFoundationModels", json("{}")).ok();
    JsonNode embedders =
        kind.client()
            .call("bedrock", "ListFoundationModels", json("{\"byOutputModality\": \"EMBEDDING\"}"))
            .ok();
    JsonNode one =
        kind.client()
            .call(
                "bedrock", "GetFoundationModel", json("{\"modelIdentifier\": \"%s\"}", Homes.CHAT))
            .ok();

    assertThat(all.path("modelSummaries").findValuesAsText("modelId"))
        .contains(TITAN, Homes.CHAT, "outcrop.bge-small-en-v1.5", "outcrop.quote-v1");
    assertThat(embedders.path("modelSummaries").findValuesAsText("modelId"))
        .contains(TITAN)
        .doesNotContain(Homes.CHAT);
    assertThat(one.at("/modelDetails/modelArn").asText())
        .isEqualTo("arn:aws:bedrock:us-east-1::foundation-model/" + Homes.CHAT);
    assertThat(one.at("/modelDetails/responseStreamingSupported").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void unknownModelsAreErrors(Kind kind) {
    Client client = kind.client();
    client
        .call("bedrock", "GetFoundationModel", json("{\"modelIdentifier\": \"no.such-model\"}"))
        .failedTyped("ResourceNotFoundException", 404);
    Answer.Failure failure =
        client
            .call(
                "bedrock-runtime",
                "InvokeModel",
                json("{\"modelId\": \"no.such-model\", \"body\": {\"$text\": \"{}\"}}"))
            .failedTyped("ValidationException", 400);
    assertThat(failure.message()).isEqualTo("The provided model identifier is invalid.");
  }

  @ParameterizedTest
  @EnumSource
  void titanBodiesEmbedText(Kind kind) {
    JsonNode answer = json(embed(kind, "{\"inputText\": \"Granite is an igneous rock.\"}"));
    double norm = 0;
    for (JsonNode value : answer.path("embedding")) {
      norm += value.asDouble() * value.asDouble();
    }
    assertThat(answer.path("embedding")).hasSize(384);
    assertThat(Math.sqrt(norm)).isCloseTo(1, within(1e-4));
    assertThat(answer.path("inputTextTokenCount").asInt()).isBetween(5, 12);

    Answer.Failure failure =
        kind.client()
            .call(
                "bedrock-runtime",
                "InvokeModel",
                titan("{\"inputText\": \"Granite\", \"dimensions\": 1024}"))
            .failedTyped("ValidationException", 400);
    assertThat(failure.message()).contains("1024").contains("384");
  }

  private static String embed(Kind kind, String body) {
    return kind.client()
        .call("bedrock-runtime", "InvokeModel", titan(body))
        .ok()
        .path("body")
        .asText();
  }

  private static JsonNode titan(String body) {
    return json(
        """
        {"modelId": "%s", "body": {"$text": "%s"}}
        """,
        TITAN, body.replace("\"", "\\\""));
  }

  @ParameterizedTest
  @EnumSource
  void converseAnswersWithTrueUsage(Kind kind) {
    Client client = kind.client();
    JsonNode whole = client.call("bedrock-runtime", "Converse", question(24, "")).ok();
    JsonNode cut = client.call("bedrock-runtime", "Converse", question(3, "")).ok();
    JsonNode stopped =
        client
            .call("bedrock-runtime", "Converse", question(24, ", \"stopSequences\": [\"Paris\"]"))
            .ok();
    JsonNode counted =
        client
            .call(
                "bedrock-runtime",
                "CountTokens",
                json(
                    """
                    {"modelId": "%s", "input": {"converse": {
                      "system": [{"text": "You are a helpful assistant."}],
                      "messages": [{"role": "user",
                                    "content": [{"text": "What is the capital of France?"}]}]}}}
                    """,
                    Homes.CHAT))
            .ok();

    assertThat(text(whole)).contains("Paris");
    assertThat(whole.path("stopReason").asText()).isEqualTo("end_turn");
    assertThat(whole.at("/output/message/role").asText()).isEqualTo("assistant");
    assertThat(whole.at("/metrics/latencyMs").asLong()).isPositive();
    JsonNode usage = whole.path("usage");
    assertThat(usage.path("totalTokens").asInt())
        .isEqualTo(usage.path("inputTokens").asInt() + usage.path("outputTokens").asInt());
    assertThat(counted.path("inputTokens")).isEqualTo(usage.path("inputTokens"));

    assertThat(cut.path("stopReason").asText()).isEqualTo("max_tokens");
    assertThat(cut.at("/usage/outputTokens").asInt()).isEqualTo(3);
    assertThat(text(whole)).startsWith(text(cut));
    assertThat(stopped.path("stopReason").asText()).isEqualTo("stop_sequence");
    assertThat(text(stopped)).doesNotContain("Paris");
  }

  private static JsonNode question(int maxTokens, String more) {
    return json(QUESTION, Homes.CHAT, maxTokens, more);
  }

  private static String text(JsonNode converse) {
    return converse.at("/output/message/content/0/text").asText();
  }

  @ParameterizedTest
  @EnumSource
  void converseStreamsEvents(Kind kind) {
    Client client = kind.client();
    assumeFalse(client.lacks(Client.Lack.STREAMS), "this client has no event streams");
    List<JsonNode> events =
        client.stream("bedrock-runtime", "ConverseStream", question(24, ""), Client.NEVER)
            .streamed();
    JsonNode whole = client.call("bedrock-runtime", "Converse", question(24, "")).ok();

    List<String> names = events.stream().map(e -> e.fieldNames().next()).toList();
    int last = names.size() - 1;
    assertThat(names.getFirst()).isEqualTo("messageStart");
    assertThat(names.subList(1, last - 2)).isNotEmpty().containsOnly("contentBlockDelta");
    assertThat(names.subList(last - 2, last + 1))
        .containsExactly("contentBlockStop", "messageStop", "metadata");
    String streamed =
        events.stream()
            .map(e -> e.at("/contentBlockDelta/delta/text").asText())
            .collect(Collectors.joining());
    assertThat(streamed).isEqualTo(text(whole));
    assertThat(events.get(last - 1).at("/messageStop/stopReason").asText()).isEqualTo("end_turn");
    assertThat(events.get(last).at("/metadata/usage/inputTokens"))
        .isEqualTo(whole.at("/usage/inputTokens"));
    assertThat(events.get(last).at("/metadata/usage/outputTokens"))
        .isEqualTo(whole.at("/usage/outputTokens"));
  }

  @ParameterizedTest
  @EnumSource
  void invokeModelStreamsChunks(Kind kind) {
    Client client = kind.client();
    assumeFalse(client.lacks(Client.Lack.STREAMS), "this client has no event streams");
    JsonNode request =
        json(
            """
            {"modelId": "%s", "contentType": "application/json", "body": {"$text":
              "{\\"messages\\": [{\\"role\\": \\"user\\", \\"content\\": \\"Name a rock.\\"}],
                \\"max_tokens\\": 6, \\"temperature\\": 0}"}}
            """
                .replace("\n    ", " "),
            Homes.CHAT);
    List<JsonNode> events =
        client.stream("bedrock-runtime", "InvokeModelWithResponseStream", request, Client.NEVER)
            .streamed();
    JsonNode whole =
        json(client.call("bedrock-runtime", "InvokeModel", request).ok().path("body").asText());

    List<JsonNode> chunks = events.stream().map(e -> json(e.at("/chunk/bytes").asText())).toList();
    String streamed =
        chunks.stream()
            .map(c -> c.at("/choices/0/delta/content").asText())
            .collect(Collectors.joining());
    assertThat(chunks).hasSizeGreaterThan(1);
    assertThat(streamed).isNotEmpty().isEqualTo(whole.at("/choices/0/message/content").asText());
  }

  /** A model that went on for the client that left would hold up those who stay. */
  @ParameterizedTest
  @EnumSource
  void clientsMayLeaveAStream(Kind kind) {
    Client client = kind.client();
    assumeFalse(client.lacks(Client.Lack.STREAMS), "this client has no event streams");
    JsonNode endless =
        json(
            """
            {"modelId": "%s",
             "messages": [{"role": "user", "content": [{"text": "Count from 1 to 1000."}]}],
             "inferenceConfig": {"maxTokens": 1500, "temperature": 0}}
            """,
            Homes.CHAT);
    for (int i = 0; i < 3; i++) {
      assertThat(client.stream("bedrock-runtime", "ConverseStream", endless, 2).streamed())
          .hasSize(2);
    }
    JsonNode next = client.call("bedrock-runtime", "Converse", question(3, "")).ok();
    assertThat(next.at("/usage/outputTokens").asInt()).isEqualTo(3);
  }
}
