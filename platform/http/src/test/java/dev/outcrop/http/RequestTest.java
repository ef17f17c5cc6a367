package dev.outcrop.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handler sees of a request, and the client of its response, over both protocols. */
class RequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/bucket//a/../b/./c",
        "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A%3Amodel%2Fx.y-v1%3A0/converse",
        "/a%2Fb%252F%25",
        "/key;v=1/%20%C3%A4+~!$&'()*,=:@",
        "/x?a=1&b=%2F&c&a=2",
        "/x?",
        "/a/%2E%2E/%2e/b"
      })
  void pathAndQueryArriveAsSent(String target) throws Exception {
    try (var server = HttpServer.start(HttpSettings.defaults(), Answers::target)) {
      int mark = target.indexOf('?');
      String path = mark < 0 ? target : target.substring(0, mark);
      String query = mark < 0 ? "null" : target.substring(mark + 1);
      assertThat(
              Raw.exchange(
                  server, "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\r\n\r\nGET " + path + " " + query);
      var process = Node.run("get.mjs", server.endpoint().toString(), target);
      assertThat(process).isEqualTo("GET " + path + " " + query);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void headersBodyAndStatusGoBothWays(Version version) throws Exception {
    try (var server = HttpServer.start(HttpSettings.defaults(), RequestTest::echo);
        var client = HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) {
        var request =
            HttpRequest.newBuilder(server.endpoint().resolve("/echo"))
                .header("X-Two", "1")
                .header("X-Two", "2")
                .POST(BodyPublishers.ofString("body " + i));
        var response = client.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("body " + i);
        assertThat(response.headers().allValues("x-two")).containsExactly("1", "2");
        assertThat(response.headers().firstValue("x-host")).hasValue("127.0.0.1:" + server.port());
      }
      var get = HttpRequest.newBuilder(server.endpoint()).build();
      assertThat(client.send(get, BodyHandlers.ofString()).version()).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain; charset=UTF-8",
        "text/plain;charset=utf-8",
        "Application/JSON",
        "gZip"
      })
  void headerValuesArriveAsSent(String value) throws Exception {
    try (var server =
        HttpServer.start(
            HttpSettings.defaults(),
            exchange -> {
              try (OutputStream out = exchange.respond(200, Map.of())) {
                out.write(exchange.header("content-type").getBytes(StandardCharsets.UTF_8));
              }
            })) {
      String request = "GET / HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nConnection: close\r\n\r\n";
      assertThat(Raw.exchange(server, request.formatted(value))).contains(value);
    }
  }

  private static void echo(dev.outcrop.wire.HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers =
        Map.of(
            "x-two", exchange.headers().getOrDefault("x-two", List.of()),
            "x-host", exchange.headers().get("host"));
    try (InputStream in = exchange.body();
        OutputStream out = exchange.respond(202, headers)) {
      in.transferTo(out);
    }
  }

  @Test
  void bodilessResponsesHaveNoBody() throws Exception {
    try (var server =
        HttpServer.start(
            HttpSettings.defaults(),
            exchange ->
                Answers.text(
                    exchange, Integer.parseInt(exchange.rawPath().substring(1)), "hello"))) {
      String close = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      assertThat(Raw.exchange(server, "HEAD /200" + close))
          .contains("Content-Length: 5")
          .endsWith("\r\n\r\n");
      assertThat(Raw.exchange(server, "GET /204" + close))
          .startsWith("HTTP/1.1 204 ")
          .endsWith("\r\n\r\n");
      assertThat(Raw.exchange(server, "GET /304" + close))
          .startsWith("HTTP/1.1 304 ")
          .endsWith("\r\n\r\n");
      assertThat(Raw.exchange(server, "GET /404" + close)).endsWith("\r\n\r\nhello");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (var server = HttpServer.start(HttpSettings.defaults(), Answers::target)) {
      String answers =
          Raw.exchange(
              server,
              "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
                  + "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                  + "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answers).containsSubsequence("GET /1", "POST /2", "GET /3");
    }
  }

  @Test
  void continueIsSentOnlyWhenTheBodyIsRead() throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  boolean wanted = exchange.rawPath().equals("/wanted");
                  String body = wanted ? new String(exchange.body().readAllBytes()) : "unread";
                  Answers.text(exchange, wanted ? 200 : 400, body);
                });
        var raw = new Raw(server.port())) {
      String head = " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
      raw.send("PUT /wanted" + head);
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      raw.send("data");
      assertThat(raw.readUntil("data")).startsWith("HTTP/1.1 200 ");
      raw.send("PUT /refused" + head);
      assertThat(raw.readUntil("unread")).startsWith("HTTP/1.1 400 ");
    }
  }

  /** As clients do that look at the answer only when they have sent all. */
  @Test
  void aClientThatGoesOnSendingIsNotCutOff() throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(), exchange -> Answers.text(exchange, 403, "refused"));
        var raw = new Raw(server.port())) {
      int size = 3_000_000;
      raw.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
      raw.readUntil("refused");
      for (int i = 0; i < 30; i++) {
        raw.send("x".repeat(size / 30));
      }
      raw.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(raw.readAll()).contains("403");
    }
  }

  @Test
  void aClientThatWaitsForLeaveToSendIsNotWaitedFor() throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(), exchange -> Answers.text(exchange, 403, "refused"));
        var raw = new Raw(server.port())) {
      raw.send("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 403 ").doesNotContain("100 Continue");
    }
  }

  @Test
  void aClientThatWasGivenLeaveToSendIsNotCutOff() throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  exchange.body().readNBytes(100);
                  Answers.text(exchange, 403, "refused");
                });
        var raw = new Raw(server.port())) {
      int size = 3_000_000;
      raw.send(
          "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
              + size
              + "\r\n\r\n");
      raw.readUntil("100 Continue\r\n\r\n");
      for (int i = 0; i < 30; i++) {
        raw.send("x".repeat(size / 30));
      }
      raw.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\n");
      raw.send("x".repeat(100));
      assertThat(raw.readAll()).containsSubsequence("HTTP/1.1 403 ", "HTTP/1.1 403 ");
    }
  }
}
