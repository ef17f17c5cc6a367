package dev.outcrop.http;

import static dev.outcrop.http.Http2Socket.fields;
import static dev.outcrop.http.Http2Socket.frame;
import static dev.outcrop.http.Http2Socket.get;
import static dev.outcrop.http.Http2Socket.joined;
import static dev.outcrop.http.Http2Socket.number;
import static dev.outcrop.http.Http2Socket.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.wire.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames that no client should send. Whatever they are, the connection comes to an end, the next
 * one is served, no request stays open and no memory is kept.
 */
@Timeout(60)
class Http2FuzzTest {
  private static final long MOST_KEPT = 48L << 20;
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicInteger SERVED = new AtomicInteger();
  private static HttpServer server;
  private static long heapBefore;

  @BeforeAll
  static void start() throws IOException {
    server =
        HttpServer.start(
            HttpSettings.defaults()
                .withLimits(HttpLimits.defaults().withIdle(Duration.ofSeconds(2))),
            Http2FuzzTest::answer);
    serves();
    heapBefore = heap();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    OPEN.incrementAndGet();
    SERVED.incrementAndGet();
    try {
      exchange.body().transferTo(OutputStream.nullOutputStream());
      if (exchange.rawPath().equals("/large")) {
        exchange.respond(200, Map.of()).write(new byte[1 << 20]);
      } else {
        Answers.text(exchange, 200, "served");
      }
    } finally {
      OPEN.decrementAndGet();
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (OPEN.get() > 0 && System.nanoTime() < until) {
      Thread.sleep(20);
    }
    int open = OPEN.get();
    long kept = heap() - heapBefore;
    server.close();
    assertThat(open).isZero();
    assertThat(kept).as("bytes kept").isLessThan(MOST_KEPT);
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @AfterEach
  void goesOnServing() throws IOException {
    serves();
  }

  private static void serves() throws IOException {
    try (var client = Http2Socket.greeted(server.port())) {
      client.send(get(1, "/"));
      byte[] answer = client.read(Http2Socket.DATA).payload();
      assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("served");
    }
  }

  /** Sends, says that nothing more comes, and waits for the server to close. */
  private static void send(Http2Socket client, byte[] bytes) throws IOException {
    try (client) {
      try {
        client.send(bytes);
        client.end();
      } catch (SocketException e) {
        // it closed before it had read all
      }
      client.drain(); // not to close within the socket's time-out is the failure
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttackEnds(Http2Attack attack) throws IOException {
    int before = SERVED.get();
    for (byte[] bytes : attack.connections()) {
      send(Http2Socket.greeted(server.port()), bytes);
    }
    if (!attack.mayBeServed()) {
      assertThat(SERVED).hasValue(before);
    }
  }

  @Test
  void aBrokenPrefaceEnds() throws IOException {
    String preface = new String(Http2Socket.PREFACE, StandardCharsets.US_ASCII);
    for (String broken : new String[] {preface.replace("SM", "XX"), preface.substring(0, 20)}) {
      send(new Http2Socket(server.port()), broken.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Half of the frames are random, half of them good ones with some bytes changed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void framesMadeByChanceEnd(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      byte[][] frames = new byte[1 + random.nextInt(12)][];
      for (int f = 0; f < frames.length; f++) {
        frames[f] = random.nextBoolean() ? any(random) : changed(good(random), random);
      }
      send(Http2Socket.greeted(server.port()), joined(frames));
    }
  }

  private static byte[] any(Random random) {
    byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 60)];
    random.nextBytes(payload);
    int stream = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(8);
    return frame(random.nextInt(12), random.nextInt(256), stream, payload);
  }

  private static byte[] good(Random random) {
    int stream = 1 + 2 * random.nextInt(5);
    return switch (random.nextInt(6)) {
      case 0 -> get(stream, "/" + random.nextInt());
      case 1 -> frame(Http2Socket.HEADERS, Http2Socket.END_HEADERS, stream, fields("POST", "/"));
      case 2 -> frame(Http2Socket.DATA, random.nextInt(2), stream, new byte[random.nextInt(5_000)]);
      case 3 -> frame(Http2Socket.RST_STREAM, 0, stream, number(random.nextInt(14)));
      case 4 -> setting(1 + random.nextInt(6), random.nextInt(1 << 20));
      default -> frame(Http2Socket.WINDOW_UPDATE, 0, stream, number(1 + random.nextInt(1 << 20)));
    };
  }

  private static byte[] changed(byte[] frame, Random random) {
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    return frame;
  }
}
