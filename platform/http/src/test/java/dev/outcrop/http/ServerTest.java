package dev.outcrop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, limits on connections, stopping. */
class ServerTest {
  private static final String GET = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3"})
  void addressesThatOthersReachAreRefused(String host) {
    var settings = HttpSettings.defaults().withHost(host);
    assertThatThrownBy(() -> HttpServer.start(settings, Answers::target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("refusing to listen on " + host)
        .hasMessageContaining("authentication");
  }

  @Test
  void allAddressesAreBoundWhenAllowed() throws Exception {
    var settings = HttpSettings.defaults().withHost("0.0.0.0").withAllowNonLoopback(true);
    try (var server = HttpServer.start(settings, Answers::target);
        var raw = new Raw(server.port())) {
      raw.send(GET);
      assertThat(raw.readUntil("GET /1")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (var first = HttpServer.start(HttpSettings.defaults(), Answers::target)) {
      var settings = HttpSettings.defaults().withPort(first.port());
      assertThatThrownBy(() -> HttpServer.start(settings, Answers::target))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1 port " + first.port());
    }
  }

  @Test
  void headersThatDripAreCutOff() throws Exception {
    var limits = HttpLimits.defaults().withHeadersWithin(Duration.ofMillis(500));
    try (var server =
            HttpServer.start(HttpSettings.defaults().withLimits(limits), Answers::target);
        var drip = new Raw(server.port());
        var idle = new Raw(server.port())) {
      drip.send("GET / HTTP/1.1\r\nHost: x\r\n");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  drip.send("X-" + i + ": 1\r\n");
                  LeavingTest.pause(20);
                }
              })
          .isInstanceOf(IOException.class);
      idle.send(GET); // a connection that was merely idle is still there
      idle.readUntil("GET /1");
      LeavingTest.pause(800);
      idle.send(GET);
      idle.readUntil("GET /1");
    }
  }

  @Test
  void aBodyThatStallsIsAnswered() throws Exception {
    var limits = HttpLimits.defaults().withIdle(Duration.ofMillis(500));
    try (var server =
        HttpServer.start(
            HttpSettings.defaults().withLimits(limits),
            exchange -> {
              exchange.body().readAllBytes();
              Answers.target(exchange);
            })) {
      assertThat(
              Raw.exchange(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"))
          .startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void aHandlerMayWorkLongerThanClientsMayIdle() throws Exception {
    var limits = HttpLimits.defaults().withIdle(Duration.ofMillis(500));
    try (var server =
            HttpServer.start(
                HttpSettings.defaults().withLimits(limits),
                exchange -> {
                  LeavingTest.pause(1500);
                  Answers.target(exchange);
                });
        var raw = new Raw(server.port())) {
      raw.send(GET);
      assertThat(raw.readUntil("GET /1")).startsWith("HTTP/1.1 200 ");
      assertThat(Node.run("get.mjs", server.endpoint().toString(), "/2")).startsWith("GET /2");
    }
  }

  @Test
  void connectionsOverTheLimitWaitForTheirTurn() throws Exception {
    var limits = HttpLimits.defaults().withConnections(2);
    try (var server =
            HttpServer.start(HttpSettings.defaults().withLimits(limits), Answers::target);
        var one = new Raw(server.port());
        var two = new Raw(server.port())) {
      one.send(GET);
      one.readUntil("GET /1");
      two.send(GET);
      two.readUntil("GET /1");
      try (var three = new Raw(server.port())) {
        three.send(GET);
        three.socket.setSoTimeout(300);
        assertThatThrownBy(() -> three.readUntil("GET /1")).hasMessageContaining("timed out");
        one.close();
        three.socket.setSoTimeout(20_000);
        three.readUntil("GET /1");
      }
    }
  }

  @Test
  void closingLetsRequestsFinishAndTakesNoMore() throws Exception {
    var working = new CountDownLatch(1);
    var proceed = new CountDownLatch(1);
    var server =
        HttpServer.start(
            HttpSettings.defaults(),
            exchange -> {
              if (exchange.rawPath().equals("/1")) {
                working.countDown();
                await(proceed);
              }
              Answers.target(exchange);
            });
    try (var raw = new Raw(server.port());
        var other = new Raw(server.port())) {
      other.send("GET /0 HTTP/1.1\r\nHost: x\r\n\r\n");
      other.readUntil("GET /0");
      raw.send(GET);
      await(working);
      var closed = CompletableFuture.runAsync(server::close);
      while (connects(server)) {
        LeavingTest.pause(5);
      }
      LeavingTest.pause(50);
      other.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(other.readAll()).doesNotContain("GET /2");
      proceed.countDown();
      assertThat(raw.readUntil("GET /1")).startsWith("HTTP/1.1 200 ");
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void closingBreaksOffWhatDoesNotFinish() throws Exception {
    var told = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    var server =
        HttpServer.start(
            HttpSettings.defaults().withStopWithin(Duration.ofMillis(200)),
            exchange -> {
              exchange.onClientGone(told::countDown);
              Answers.send(exchange.respond(200, Map.of()), "started");
              await(told);
              assertThat(exchange.stopping()).isTrue();
              await(closed);
            });
    try (var raw = new Raw(server.port())) {
      raw.send(GET);
      raw.readUntil("started");
      server.close();
      await(told);
      assertThat(raw.readAll()).doesNotContain("0\r\n\r\n");
      closed.countDown();
    }
  }

  @Test
  void aHandlerMaySayThatTheServerStops() throws Exception {
    var told = new CountDownLatch(1);
    var server =
        HttpServer.start(
            HttpSettings.defaults().withStopWithin(Duration.ofMillis(200)),
            exchange -> {
              exchange.onClientGone(told::countDown);
              var out = exchange.respond(200, Map.of());
              Answers.send(out, "started");
              await(told);
              Answers.send(out, "stopping");
            });
    try (var raw = new Raw(server.port())) {
      raw.send(GET);
      raw.readUntil("started");
      server.close();
      assertThat(raw.readAll()).contains("stopping").endsWith("0\r\n\r\n");
    }
  }

  private static boolean connects(HttpServer server) {
    int port = server.port();
    if (port <= 0) {
      return false;
    }
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("waited too long");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
