package dev.outcrop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.running.Homes;
import dev.outcrop.conformance.running.OutcropProcess;
import dev.outcrop.conformance.running.Recorded;
import dev.outcrop.conformance.running.ScriptedClaude;
import dev.outcrop.conformance.running.ScriptedUpstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers field by field against what public recordings of Amazon Bedrock have: the names and types
 * of all fields and the headers that count. The facts are in {@code golden/answers.json}, with the
 * projects that published the recordings; differences that are meant are named there with why.
 */
final class GoldenAnswersTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ScriptedUpstream upstream;
  private static ScriptedClaude claude;
  private static OutcropProcess server;

  @BeforeAll
  static void serve() throws Exception {
    upstream = new ScriptedUpstream();
    claude = new ScriptedClaude();
    Homes.pullChatModel();
    Path home = Homes.fresh("golden");
    Files.writeString(
        home.resolve("outcrop.yaml"),
        """
        providers:
          scripted: {type: openai, endpoints: {one: {url: "%s"}}, retries: 0}
          anthropic: {type: anthropic, endpoints: {one: {url: "%s", keys: ["k"]}}, retries: 0}
        models:
          script: {provider: scripted, kind: chat}
          rank: {provider: scripted, kind: rerank}
          claude: {provider: anthropic, kind: chat, options: {maxTokens: "100"}}
        aliases:
          "anthropic.*": claude
          "amazon.titan-text*": script
          "amazon.nova-lite*": script
          "meta.*": script
          "mistral.*": script
          "ai21.*": script
          "cohere.command*": script
          "cohere.rerank*": rank
          "amazon.titan-embed*": outcrop.bge-small-en-v1.5
          "amazon.nova-2-multimodal*": outcrop.bge-small-en-v1.5
          "cohere.embed*": outcrop.bge-small-en-v1.5
        """
            .formatted(upstream.endpoint(), claude.endpoint()));
    server = OutcropProcess.up(home);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
    upstream.close();
    claude.close();
  }

  static Stream<Recorded> recorded() {
    return Recorded.all().stream();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void answersHaveTheFieldsThatBedrocksHave(Recorded recorded) throws Exception {
    Set<String> ours = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (JsonNode ask : recorded.asks()) {
      HttpResponse<byte[]> answer = post(ask.get("path").asText(), ask.get("body").toString());
      assertThat(answer.statusCode())
          .as(() -> new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo(ask.path("status").asInt(200));
      Set<String> headers = answer.headers().map().keySet();
      recorded.headers().stream()
          .filter(header -> !headers.contains(header))
          .forEach(header -> wrong.add("no header " + header));
      ours.addAll(Recorded.fields(answer));
    }
    wrong.addAll(recorded.differences(ours));
    assertThat(wrong).isEmpty();
  }

  private static HttpResponse<byte[]> post(String path, String body) throws Exception {
    URI uri = URI.create(server.endpoint() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }
}
