package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.cli.Installation;
import dev.outcrop.cli.Installation.UsageBy;
import dev.outcrop.cli.Installation.UsageLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Keys, budgets, inference profiles, metrics and the ledger, in a server as users start it. */
class KeysAndUsageTest {
  private static final String TOKEN = "sk-search-0123456789abcdef";

  @TempDir Path folder;
  private final LocalInstallation installation = new LocalInstallation();
  private ScriptedServer model;
  private Installation.Server server;

  @BeforeEach
  void start() throws IOException {
    model = new ScriptedServer("granite");
    Files.writeString(
        folder.resolve("outcrop.yaml"),
        """
        keys:
          shop: {access-key-id: AKSHOP, secret: shop-secret}
          search: {api-keys: [%s], models: ["other*"]}
        budgets:
          shop-a-day: {key: shop, tokens: 5000, period: day}
        providers:
          gateway: {type: openai, endpoints: {main: {url: "%s"}}}
        models:
          claude: {provider: gateway, options: {model: m}, prices: {input: 3, output: 15.5}}
        aliases:
          "anthropic.*": claude
        """
            .formatted(TOKEN, model.url()));
    server = installation.serve(options());
  }

  @AfterEach
  void stop() {
    server.close();
    model.close();
  }

  private Installation.Options options() {
    return new Installation.Options(folder.toString(), 0, null, Map.of());
  }

  private static String converse(BedrockRuntimeClient models, String id, int maxTokens) {
    return models
        .converse(
            c ->
                c.modelId(id)
                    .inferenceConfig(i -> i.maxTokens(maxTokens))
                    .messages(m -> m.role("user").content(ContentBlock.fromText("What is it?"))))
        .output()
        .message()
        .content()
        .getFirst()
        .text();
  }

  @Test
  void countsCallsByKeyAndProfileAndKeepsBudgets() throws Exception {
    HomeLock.Address shop = new HomeLock.Address(server.url(), "shop-secret", 0);
    try (BedrockRuntimeClient models =
            RemoteClients.create(BedrockRuntimeClient.class, "AKSHOP", shop);
        BedrockClient bedrock = RemoteClients.create(BedrockClient.class, "AKSHOP", shop);
        CloudWatchClient metrics = RemoteClients.create(CloudWatchClient.class, "AKSHOP", shop)) {
      assertThat(converse(models, "anthropic.claude-3", 100)).isEqualTo("granite");
      String profile =
          bedrock
              .createInferenceProfile(
                  c ->
                      c.inferenceProfileName("checkout")
                          .modelSource(
                              m ->
                                  m.copyFrom(
                                      "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3")))
              .inferenceProfileArn();
      converse(models, profile, 100);
      assertThatThrownBy(() -> converse(models, "claude", 6000))
          .isInstanceOf(ServiceQuotaExceededException.class)
          .hasMessageContaining("shop-a-day");
      assertThat(installation.usage(options(), UsageBy.KEY, LocalDate.EPOCH))
          .containsExactly(line("shop", 3, 1, 2, 4, "0.000068"));
      assertThat(installation.usage(options(), UsageBy.PROFILE, LocalDate.EPOCH))
          .extracting(UsageLine::name)
          .containsExactlyInAnyOrder("", profile);
      Instant now = Instant.now();
      assertThat(
              metrics
                  .getMetricStatistics(
                      g ->
                          g.namespace("AWS/Bedrock")
                              .metricName("Invocations")
                              .startTime(now.minus(Duration.ofMinutes(30)))
                              .endTime(now.plus(Duration.ofMinutes(29)))
                              .period(3600)
                              .statisticsWithStrings("Sum"))
                  .datapoints())
          .singleElement()
          .returns(2.0, point -> point.sum());
    }
    server.close();
    assertThat(installation.usage(options(), UsageBy.MODEL, LocalDate.EPOCH))
        .containsExactly(line("claude", 3, 1, 2, 4, "0.000068"));
  }

  private UsageLine line(
      String name, long calls, long failures, long input, long output, String dollars)
      throws IOException {
    long latency =
        installation.usage(options(), UsageBy.KEY, LocalDate.EPOCH).getFirst().latencyMillis();
    return new UsageLine(name, calls, failures, input, output, 0, 0, 0, dollars, 0, latency);
  }

  @Test
  void asksForAKeyEverywhere() throws Exception {
    HomeLock.Address wrong = new HomeLock.Address(server.url(), "wrong", 0);
    try (BedrockClient bedrock = RemoteClients.create(BedrockClient.class, "AKSHOP", wrong)) {
      assertThatThrownBy(() -> bedrock.listFoundationModels(l -> {}))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              e ->
                  assertThat(e.awsErrorDetails().errorCode())
                      .isEqualTo("InvalidSignatureException"));
    }
    assertThat(server.asksForKeys()).isTrue();
    assertThat(get("metrics", null)).isEqualTo(403);
    assertThat(get("metrics", TOKEN)).isEqualTo(200);
    assertThat(get("usage?by=KEY&since=0", TOKEN)).isEqualTo(403);
    assertThat(get("health", null)).isEqualTo(200);
  }

  private int get(String page, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + OwnApi.PREFIX + page));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void theInstallationsOwnCommandsNeedNone() throws Exception {
    try (var session = installation.open(options(), "outcrop.quote-v1")) {
      assertThat(session).isInstanceOf(RemoteSession.class);
      assertThat(converse(session.client(BedrockRuntimeClient.class), "claude", 10))
          .isEqualTo("granite");
    }
  }

  @Test
  void holdsKeysToTheirModels() throws Exception {
    String messages = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"?\"}]}]}";
    refused("converse", messages);
    refused("count-tokens", "{\"input\":{\"converse\":" + messages + "}}");
  }

  private void refused(String operation, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/model/claude/" + operation))
            .header("authorization", "Bearer " + TOKEN)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("x-amzn-errortype").orElseThrow())
          .startsWith(AccessDeniedException.class.getSimpleName());
      assertThat(answer.body()).contains("The key search may not use the model claude");
    }
  }
}
