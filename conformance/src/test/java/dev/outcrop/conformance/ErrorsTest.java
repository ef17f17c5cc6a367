package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.conformance.clients.Answer;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import dev.outcrop.conformance.running.Stage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What isn't built, what isn't valid, and what isn't AWS. */
final class ErrorsTest {
  /** An operation nobody has built, of each protocol. */
  private enum Missing {
    REST_JSON(
        "bedrock",
        "CreateGuardrail",
        "{\"name\": \"g\", \"blockedInputMessaging\": \"no\", \"blockedOutputsMessaging\": \"no\"}"),
    REST_JSON_AGENTS(
        "bedrock-agent",
        "CreateFlow",
        "{\"name\": \"f\", \"executionRoleArn\": \"arn:aws:iam::123456789012:role/flows\"}"),
    AWS_JSON("comprehend", "DetectSentiment", "{\"Text\": \"Good.\", \"LanguageCode\": \"en\"}"),
    QUERY("iam", "ListRoles", "{}"),
    CBOR("cloudwatch", "ListDashboards", "{}"),
    AWS_JSON_OLDER("sagemaker", "ListEndpoints", "{}");

    final String service;
    final String operation;
    final String input;

    Missing(String service, String operation, String input) {
      this.service = service;
      this.operation = operation;
      this.input = input;
    }
  }

  static Stream<Arguments> missing() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Missing.values()).map(m -> Arguments.of(kind, m)));
  }

  @ParameterizedTest
  @MethodSource
  void missing(Kind kind, Missing missing) {
    Answer answer = kind.client().call(missing.service, missing.operation, json(missing.input));
    Answer.Failure failure = answer.failed("NotImplementedException", 501);
    assertThat(failure.message()).contains(missing.operation);
    if (!kind.client().lacks(Client.Lack.HTTP)) {
      assertThat(answer.attempts()).as("attempts").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void constraintsReadLikeAws(Kind kind) {
    Answer.Failure failure =
        kind.client()
            .call(
                "bedrock-agent",
                "CreateKnowledgeBase",
                json(
                    """
                    {"name": "-bad name-", "roleArn": "arn:aws:iam::123456789012:role/kb",
                     "knowledgeBaseConfiguration": {"type": "VECTOR"}}
                    """))
            .failedTyped("ValidationException", 400);
    assertThat(failure.message())
        .startsWith(
            "1 validation error detected: Value '-bad name-' at 'name' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern: ");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotHonouredIsRefused(Kind kind) {
    Answer.Failure failure =
        kind.client()
            .call(
                "bedrock-agent",
                "CreateKnowledgeBase",
                json(
                    """
                    {"name": "graph", "roleArn": "arn:aws:iam::123456789012:role/kb",
                     "knowledgeBaseConfiguration": {"type": "KENDRA",
                       "kendraKnowledgeBaseConfiguration":
                         {"kendraIndexArn": "arn:aws:kendra:us-east-1:123456789012:index/1"}}}
                    """))
            .failedTyped("ValidationException", 400);
    assertThat(failure.message()).isNotBlank();
  }

  @Test
  void unknownPathsDoNotBecomeBuckets() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest unknown =
          HttpRequest.newBuilder(Stage.server().endpoint().resolve("/guardrailz/new"))
              .header(
                  "Authorization",
                  "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/bedrock/aws4_request,"
                      + " SignedHeaders=host, Signature=00")
              .PUT(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(http.send(unknown, BodyHandlers.ofString()).statusCode()).isBetween(400, 404);
    }
    Kind.JAVA
        .client()
        .call("s3", "ListObjectsV2", json("{\"Bucket\": \"guardrailz\"}"))
        .failedTyped("NoSuchBucket", 404);
  }
}
