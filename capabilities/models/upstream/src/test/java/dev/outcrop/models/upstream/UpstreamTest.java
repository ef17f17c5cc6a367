package dev.outcrop.models.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class UpstreamTest {

  private static final UpstreamRequest REQUEST =
      UpstreamRequest.json("/chat", "{}".getBytes(StandardCharsets.UTF_8), "m");

  private static Upstream upstream(ScriptedServer server, String... settings) {
    return new Upstream("gateway", Settings.of(server, settings), new BearerProtocol());
  }

  private static String text(Upstream upstream) {
    return new String(upstream.bytes(REQUEST), StandardCharsets.UTF_8);
  }

  @Test
  void sendsTheRequestOverOneConnection() {
    try (var server = new ScriptedServer((asked, reply) -> reply.json(200, "{\"a\":1}"));
        var upstream =
            upstream(
                server,
                "endpoints.one.keys",
                "sk-1",
                "endpoints.one.headers.OpenAI-Project",
                "p",
                "endpoints.one.url",
                server.url() + "/?api-version=2")) {
      for (int i = 0; i < 5; i++) {
        assertThat(upstream.json(REQUEST).path("a").intValue()).isEqualTo(1);
      }
      assertThat(server.connections).hasValue(1);
      ScriptedServer.Asked asked = server.asked.getFirst();
      assertThat(asked.method()).isEqualTo("POST");
      assertThat(asked.path()).isEqualTo("/v1/chat?api-version=2");
      assertThat(asked.text()).isEqualTo("{}");
      assertThat(asked.headers())
          .containsEntry("authorization", "Bearer sk-1")
          .containsEntry("openai-project", "p")
          .containsEntry("content-type", "application/json");
    }
  }

  @Test
  void unpacksCompressedAnswersAndKeepsTheConnection() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }
    try (var server =
            new ScriptedServer(
                (asked, reply) ->
                    reply.send(
                        200,
                        "application/json",
                        asked.path().endsWith("/bad") ? new byte[] {1, 2, 3} : packed.toByteArray(),
                        "Content-Encoding: gzip"));
        var upstream = upstream(server, "retries", "0")) {
      assertThat(text(upstream)).isEqualTo("{\"a\":1}");
      assertThat(text(upstream)).isEqualTo("{\"a\":1}");
      assertThat(server.connections).hasValue(1);
      assertThatThrownBy(() -> upstream.bytes(UpstreamRequest.json("/bad", new byte[0], "m")))
          .isInstanceOf(ModelErrorException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ValidationException",
    "401, AccessDeniedException",
    "402, ServiceQuotaExceededException",
    "403, AccessDeniedException",
    "404, ResourceNotFoundException",
    "408, ModelTimeoutException",
    "413, ValidationException",
    "422, ValidationException",
    "429, ThrottlingException",
    "500, ModelErrorException",
    "501, ValidationException",
    "502, ModelErrorException",
    "503, ServiceUnavailableException",
    "504, ModelTimeoutException",
    "529, ServiceUnavailableException",
    "302, ModelErrorException",
  })
  void mapsStatuses(int status, String exception) {
    try (var server =
            new ScriptedServer(
                (asked, reply) -> reply.json(status, "{\"error\":{\"message\":\"because\"}}"));
        var upstream = upstream(server, "retries", "0", "endpoints.one.keys", "k")) {
      assertThatThrownBy(() -> text(upstream))
          .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(exception))
          .hasMessageContaining("'gateway'")
          .hasMessageContaining(status == 401 ? "key" : "because");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{\"error\":\"plain\"}|plain",
        "application/json|{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"bad\"}]}|bad",
        "application/json|{\"object\":\"error\",\"message\":\"of vLLM\"}|of vLLM",
        "text/html|<html>secret address</html>|HTTP 400",
        "text/plain|upstream connect error|upstream connect error",
      })
  void findsTheMessage(String type, String body, String message) {
    try (var server = new ScriptedServer((asked, reply) -> reply.send(400, type, body));
        var upstream = upstream(server)) {
      assertThatThrownBy(() -> text(upstream))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining(message)
          .hasMessageNotContaining("<html>");
    }
  }

  /** Services like to quote the key, and so do the clients' logs after them. */
  @Test
  void neverTellsKeys() {
    try (var server =
            new ScriptedServer(
                (asked, reply) ->
                    reply.json(
                        Integer.parseInt(asked.path().substring(4)),
                        "{\"error\":{\"message\":\"key hush-hush, i.e. sk-proj-abcdef123456, is bad\"}}"));
        var upstream = upstream(server, "endpoints.one.keys", "hush-hush", "retries", "0")) {
      for (int status : List.of(400, 401, 403, 429, 500)) {
        UpstreamRequest request = UpstreamRequest.json("/" + status, new byte[0], "m");
        assertThatThrownBy(() -> upstream.bytes(request))
            .satisfies(
                e -> {
                  StringWriter all = new StringWriter();
                  e.printStackTrace(new PrintWriter(all));
                  assertThat(all.toString()).doesNotContain("hush-hush", "abcdef123456");
                });
      }
    }
  }

  @Test
  void triesAgainUntilItWorks() {
    AtomicInteger calls = new AtomicInteger();
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  switch (calls.getAndIncrement()) {
                    case 0 -> reply.json(500, "{}");
                    case 1 -> reply.hangUp();
                    default -> reply.json(200, "{\"a\":1}");
                  }
                });
        var upstream = upstream(server)) {
      assertThat(text(upstream)).isEqualTo("{\"a\":1}");
      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void givesUpAfterTheLastTry() {
    try (var server = new ScriptedServer((asked, reply) -> reply.json(500, "{}"));
        var upstream = upstream(server, "retries", "1")) {
      assertThatThrownBy(() -> text(upstream)).isInstanceOf(ModelErrorException.class);
      assertThat(server.asked).hasSize(2);
    }
  }

  @Test
  void doesNotRepeatWhatIsWrong() {
    try (var server = new ScriptedServer((asked, reply) -> reply.json(400, "{}"));
        var upstream = upstream(server)) {
      assertThatThrownBy(() -> text(upstream)).isInstanceOf(ValidationException.class);
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void waitsAsLongAsItIsAskedTo() {
    AtomicInteger calls = new AtomicInteger();
    long[] times = new long[2];
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  int call = calls.getAndIncrement();
                  times[call] = System.nanoTime();
                  if (call == 0) {
                    reply.json(429, "{}", "retry-after-ms: 400");
                  } else {
                    reply.json(200, "{}");
                  }
                });
        var upstream = upstream(server)) {
      assertThat(text(upstream)).isEqualTo("{}");
      assertThat((times[1] - times[0]) / 1_000_000).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void doesNotWaitTooLongNorAskBeforeTheTime() {
    try (var server =
            new ScriptedServer((asked, reply) -> reply.json(429, "{}", "Retry-After: 3600"));
        var upstream = upstream(server)) {
      assertThatThrownBy(() -> text(upstream)).isInstanceOf(ThrottlingException.class);
      assertThatThrownBy(() -> text(upstream))
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("asked to wait");
      assertThat(server.asked).hasSize(1);
      UpstreamRequest other = UpstreamRequest.json("/chat", new byte[0], "another model");
      assertThatThrownBy(() -> upstream.bytes(other)).isInstanceOf(ThrottlingException.class);
      assertThat(server.asked).as("another model has limits of its own").hasSize(2);
    }
  }

  @Test
  void goesOnWithAnotherKey() {
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  switch (asked.headers().get("authorization")) {
                    case "Bearer revoked" -> reply.json(401, "{}");
                    case "Bearer spent" -> reply.json(429, "{}", "Retry-After: 100");
                    default -> reply.json(200, "{}");
                  }
                });
        var upstream =
            upstream(server, "endpoints.one.keys", "revoked,spent,good", "retries", "0")) {
      for (int i = 0; i < 50; i++) {
        assertThat(text(upstream)).isEqualTo("{}");
      }
      Map<String, Integer> byKey = new TreeMap<>();
      server.asked.forEach(a -> byKey.merge(a.headers().get("authorization"), 1, Integer::sum));
      assertThat(byKey).containsEntry("Bearer good", 50);
      assertThat(byKey.getOrDefault("Bearer revoked", 0)).isLessThanOrEqualTo(1);
      assertThat(byKey.getOrDefault("Bearer spent", 0)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void failsWhenAllKeysAreUsedUp() {
    try (var server =
            new ScriptedServer((asked, reply) -> reply.json(429, "{}", "Retry-After: 100"));
        var upstream = upstream(server, "endpoints.one.keys", "a,b,c")) {
      assertThatThrownBy(() -> text(upstream)).isInstanceOf(ThrottlingException.class);
      assertThat(server.asked).hasSize(3);
    }
    try (var server = new ScriptedServer((asked, reply) -> reply.json(401, "{}"));
        var upstream = upstream(server, "endpoints.one.keys", "a,b,c")) {
      assertThatThrownBy(() -> text(upstream)).isInstanceOf(AccessDeniedException.class);
      assertThat(server.asked).hasSize(3);
    }
  }

  @Test
  void spreadsCallsByWeight() {
    try (var one = new ScriptedServer((asked, reply) -> reply.json(200, "{}"));
        var two = new ScriptedServer((asked, reply) -> reply.json(200, "{}"));
        var spare = new ScriptedServer((asked, reply) -> reply.json(200, "{}"));
        var upstream =
            upstream(
                one,
                "endpoints.one.weight",
                "3",
                "endpoints.two.url",
                two.url(),
                "endpoints.spare.url",
                spare.url(),
                "endpoints.spare.weight",
                "0")) {
      for (int i = 0; i < 1000; i++) {
        text(upstream);
      }
      // Five standard deviations of the binomial distribution around 750.
      assertThat(one.asked.size()).isBetween(680, 820);
      assertThat(one.asked.size() + two.asked.size()).isEqualTo(1000);
    }
  }

  @Test
  void refusesWrongSettings() {
    for (String url : List.of("ftp://x/v1", "http://user:pass@x/v1", "http:/v1", "http://x/#a")) {
      var settings = ProviderSettings.of(Map.of("type", "openai", "endpoints.one.url", url));
      assertThatThrownBy(() -> new Upstream("gateway", settings, new BearerProtocol()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("providers.gateway.endpoints.one.url");
    }
    var none = ProviderSettings.of(Map.of("type", "openai"));
    assertThatThrownBy(() -> new Upstream("gateway", none, new BearerProtocol()))
        .hasMessageContaining("at least one");
  }
}
