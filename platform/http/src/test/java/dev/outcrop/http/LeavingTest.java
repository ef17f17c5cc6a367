package dev.outcrop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Either side breaks an exchange off. */
class LeavingTest {

  /** Works silently until told that its client has gone. */
  private static final class Patient implements HttpHandler {
    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch told = new CountDownLatch(1);

    @Override
    public void handle(HttpExchange exchange) throws IOException {
      exchange.onClientGone(told::countDown);
      working.countDown();
      try {
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nnot all of it",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /pipelined HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void aSilentHandlerIsToldWhenItsConnectionCloses(String request) throws Exception {
    var handler = new Patient();
    try (var server = HttpServer.start(HttpSettings.defaults(), handler);
        var raw = new Raw(server.port())) {
      raw.send(request);
      assertThat(handler.working.await(20, TimeUnit.SECONDS)).isTrue();
      raw.close();
      assertThat(handler.told.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "close"})
  void aSilentHandlerIsToldWhenItsStreamIsReset(String how) throws Exception {
    var handler = new Patient();
    try (var server = HttpServer.start(HttpSettings.defaults(), handler)) {
      assertThat(Node.run("leave.mjs", server.endpoint().toString(), how)).isEqualTo("left");
      assertThat(handler.told.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aWatchedConnectionServesTheRequestsThatFollow() throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  long size = exchange.body().transferTo(OutputStream.nullOutputStream());
                  pause(350); // long enough to be watched
                  Answers.text(exchange, 200, exchange.rawPath() + " had " + size);
                });
        var raw = new Raw(server.port())) {
      raw.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
      raw.readUntil("/1 had 0");
      raw.send("POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n");
      pause(300);
      raw.send("body");
      raw.readUntil("/2 had 4");
      // The next two arrive while the first is being handled.
      raw.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
      pause(300);
      raw.send("POST /4 HTTP/1.1\r\nHost: x\r\nContent-Length: 40000\r\n\r\n" + "x".repeat(40_000));
      raw.send("GET /5 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(raw.readAll()).containsSubsequence("/3 had 0", "/4 had 40000", "/5 had 0");
    }
  }

  @Test
  void nobodyIsToldAfterTheExchange() throws Exception {
    var told = new AtomicInteger();
    try (var server =
        HttpServer.start(
            HttpSettings.defaults(),
            exchange -> {
              exchange.onClientGone(told::incrementAndGet);
              Answers.target(exchange);
            })) {
      for (int i = 0; i < 50; i++) {
        Raw.exchange(server, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      }
    }
    assertThat(told).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anAbortedResponseIsBroken(Version version) throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  if (exchange.rawPath().equals("/late")) {
                    Answers.send(exchange.respond(200, Map.of()), "half");
                    exchange.abort();
                  } else if (exchange.rawPath().equals("/early")) {
                    exchange.abort();
                  } else if (exchange.rawPath().equals("/short")) {
                    exchange.respond(200, Map.of("content-length", List.of("10"))).write(1);
                  } else {
                    Answers.send(exchange.respond(200, Map.of()), "half");
                    throw new IOException("of the test");
                  }
                });
        var client = HttpClient.newBuilder().version(version).build()) {
      for (String path : List.of("/early", "/late", "/short", "/throws")) {
        var request = HttpRequest.newBuilder(server.endpoint().resolve(path)).build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
            .as(path)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aHandlerThatFailsFirstIsAnsweredFor() throws Exception {
    try (var server =
        HttpServer.start(
            HttpSettings.defaults(),
            exchange -> {
              if (exchange.rawPath().equals("/throws")) {
                throw new IllegalStateException("secret");
              }
            })) {
      for (String path : List.of("/throws", "/silent")) {
        assertThat(Raw.exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
            .startsWith("HTTP/1.1 500 ")
            .contains("{\"message\":\"")
            .doesNotContain("secret");
      }
    }
  }

  static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
