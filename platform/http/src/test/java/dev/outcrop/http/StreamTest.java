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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are longer than memory or slower than their answer. */
class StreamTest {

  @ParameterizedTest
  @EnumSource(Version.class)
  void everyFlushReachesTheClient(Version version) throws Exception {
    var taken = new CountDownLatch[] {new CountDownLatch(1), new CountDownLatch(1)};
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  exchange.body().readAllBytes();
                  try (OutputStream out = exchange.respond(200, Map.of())) {
                    await(taken[0]); // the head alone must have arrived
                    Answers.send(out, "one");
                    await(taken[1]);
                    Answers.send(out, "two");
                  }
                });
        var client = HttpClient.newBuilder().version(version).build()) {
      var request = HttpRequest.newBuilder(server.endpoint()).build();
      InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();
      taken[0].countDown();
      assertThat(body.readNBytes(3)).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
      taken[1].countDown();
      assertThat(body.readAllBytes()).isEqualTo("two".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void responseOverHttp1MayEndItsPartsBeforeTheRequestDoes() throws Exception {
    try (var server = HttpServer.start(HttpSettings.defaults(), StreamTest::echoEachByte);
        var raw = new Raw(server.port())) {
      raw.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      raw.readUntil("\r\n\r\n");
      raw.send("1\r\na\r\n");
      raw.readUntil("1\r\na");
      raw.send("1\r\nb\r\n");
      raw.readUntil("1\r\nb");
      raw.send("0\r\n\r\n");
      raw.readUntil("0\r\n\r\n");
    }
  }

  @Test
  void streamsOfHttp2GoBothWaysAtOnce() throws Exception {
    try (var server = HttpServer.start(HttpSettings.defaults(), StreamTest::echoEachByte)) {
      assertThat(Node.run("ping-pong.mjs", server.endpoint().toString(), "20"))
          .isEqualTo("head then 20 answers, ended");
    }
  }

  private static void echoEachByte(dev.outcrop.wire.HttpExchange exchange) throws IOException {
    try (OutputStream out = exchange.respond(200, Map.of())) {
      InputStream in = exchange.body();
      for (int b = in.read(); b >= 0; b = in.read()) {
        out.write(b);
        out.flush();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void bodiesLongerThanTheHeapFlowThrough(Version version) throws Exception {
    long size = 1536L << 20; // the heap of the tests is 1 GiB
    var received = new AtomicLong();
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  received.set(exchange.body().transferTo(OutputStream.nullOutputStream()));
                  Answers.text(exchange, 200, "done");
                });
        var client = HttpClient.newBuilder().version(version).build()) {
      // The first request of this client may upgrade; an upgrade carries no body.
      client.send(HttpRequest.newBuilder(server.endpoint()).build(), BodyHandlers.discarding());
      byte[] part = new byte[1 << 20];
      var parts = (Iterable<byte[]>) () -> IntStream.range(0, 1536).mapToObj(i -> part).iterator();
      var request =
          HttpRequest.newBuilder(server.endpoint()).POST(BodyPublishers.ofByteArrays(parts));
      assertThat(client.send(request.build(), BodyHandlers.ofString()).body()).isEqualTo("done");
      assertThat(received).hasValue(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000})
  void manySlowStreamsAreServedAtOnce(int streams) throws Exception {
    // Nobody passes before all have arrived: each must be running while all others are.
    var allHere = new CyclicBarrier(streams);
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  try (OutputStream out = exchange.respond(200, Map.of())) {
                    Answers.send(out, "a");
                    await(allHere);
                    Answers.send(out, "b");
                  }
                });
        var client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      var request = HttpRequest.newBuilder(server.endpoint()).build();
      var answers =
          IntStream.range(0, streams / 2)
              .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
              .toList();
      var http2 = CompletableFuture.supplyAsync(() -> many(server, streams / 2));
      for (var answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("ab");
      }
      assertThat(http2.get(30, TimeUnit.SECONDS)).isEqualTo(streams / 2 + " of ab");
    }
  }

  private static String many(HttpServer server, int streams) {
    try {
      return Node.run("many.mjs", server.endpoint().toString(), Integer.toString(streams));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("the client did not receive what was flushed");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(25, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
