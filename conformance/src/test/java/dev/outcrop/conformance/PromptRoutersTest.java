package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Answer;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import dev.outcrop.conformance.running.Homes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A prompt router from its creation to its end, with a model that really answers. */
final class PromptRoutersTest {
  private static final String MODEL = "arn:aws:bedrock:us-east-1::foundation-model/";
  private static final String EASY = "What is the capital of France?";
  private static final String HARD =
      "A train leaves at 3 pm at 60 km/h; another leaves 45 minutes later at 80 km/h from the same"
          + " station. When does the second catch up, and how far from the station?";

  @ParameterizedTest
  @EnumSource
  void routersAreMadeAskedAndDeleted(Kind kind) {
    Client client = kind.client();
    String name = "router-" + kind.label();
    String arn = create(client, name, 15).ok().path("promptRouterArn").asText();
    assertThat(arn).contains(":prompt-router/");
    create(client, name, 15).failedTyped("ConflictException", 400);
    create(client, name + "-2", 7).failedTyped("ValidationException", 400);

    JsonNode got = client.call("bedrock", "GetPromptRouter", named(arn)).ok();
    assertThat(got.path("promptRouterName").asText()).isEqualTo(name);
    assertThat(got.path("type").asText()).isEqualTo("custom");
    assertThat(got.at("/routingCriteria/responseQualityDifference").asDouble()).isEqualTo(15);
    JsonNode listed =
        client.call("bedrock", "ListPromptRouters", json("{\"type\": \"custom\"}")).ok();
    assertThat(listed.path("promptRouterSummaries").findValuesAsText("promptRouterArn"))
        .contains(arn);
    JsonNode tags =
        client.call("bedrock", "ListTagsForResource", json("{\"resourceARN\": \"%s\"}", arn)).ok();
    assertThat(tags.at("/tags/0/value").asText()).isEqualTo("blue");

    assertThat(invoked(client, arn, EASY)).isEqualTo(MODEL + Homes.SMALL);
    assertThat(invoked(client, arn, HARD)).isEqualTo(MODEL + Homes.LARGE);
    if (!client.lacks(Client.Lack.STREAMS)) {
      List<JsonNode> events =
          client.stream("bedrock-runtime", "ConverseStream", question(arn, EASY), Client.NEVER)
              .streamed();
      assertThat(events.getLast().at("/metadata/trace/promptRouter/invokedModelId").asText())
          .isEqualTo(MODEL + Homes.SMALL);
    }

    client.call("bedrock", "DeletePromptRouter", named(arn)).ok();
    client
        .call("bedrock", "GetPromptRouter", named(arn))
        .failedTyped("ResourceNotFoundException", 404);
    client
        .call("bedrock-runtime", "Converse", question(arn, EASY))
        .failedTyped("ResourceNotFoundException", 404);
  }

  private static Answer create(Client client, String name, int difference) {
    return client.call(
        "bedrock",
        "CreatePromptRouter",
        json(
            """
            {"promptRouterName": "%s",
             "models": [{"modelArn": "%s"}, {"modelArn": "%s"}],
             "fallbackModel": {"modelArn": "%s"},
             "routingCriteria": {"responseQualityDifference": %s},
             "tags": [{"key": "team", "value": "blue"}]}
            """,
            name, MODEL + Homes.SMALL, MODEL + Homes.LARGE, MODEL + Homes.LARGE, difference));
  }

  private static JsonNode named(String arn) {
    return json("{\"promptRouterArn\": \"%s\"}", arn);
  }

  private static JsonNode question(String router, String prompt) {
    return json(
        """
        {"modelId": "%s",
         "messages": [{"role": "user", "content": [{"text": "%s"}]}],
         "inferenceConfig": {"maxTokens": 8, "temperature": 0}}
        """,
        router, prompt);
  }

  private static String invoked(Client client, String router, String prompt) {
    JsonNode answer = client.call("bedrock-runtime", "Converse", question(router, prompt)).ok();
    assertThat(answer.at("/output/message/content/0/text").asText()).isNotBlank();
    return answer.at("/trace/promptRouter/invokedModelId").asText();
  }
}
