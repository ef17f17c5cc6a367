package dev.outcrop.models.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.ClientGoneException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** Servers that are slow, stall, hang up, or are not there. */
class BrokenUpstreamTest {

  private static final UpstreamRequest REQUEST =
      UpstreamRequest.stream("/chat", "{}".getBytes(StandardCharsets.UTF_8), "m");

  private static Upstream upstream(ScriptedServer server, String... settings) {
    return new Upstream("gateway", Settings.of(server, settings), new BearerProtocol());
  }

  private static UpstreamResponse open(Upstream upstream) {
    return upstream.call(REQUEST, response -> response);
  }

  private static void awaitGone(CountDownLatch gone) throws InterruptedException {
    assertThat(gone.await(10, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
  }

  @Test
  void endsWaitingForTheFirstByte() throws Exception {
    var gone = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.awaitGone();
                  gone.countDown();
                });
        var upstream = upstream(server, "first-byte-timeout", "100ms", "retries", "0")) {
      assertThatThrownBy(() -> upstream.bytes(REQUEST))
          .isInstanceOf(ModelTimeoutException.class)
          .hasMessageContaining("first byte");
      awaitGone(gone);
    }
  }

  @Test
  void endsAStreamThatStalls() throws Exception {
    var gone = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.stream().event("1");
                  reply.awaitGone();
                  gone.countDown();
                });
        var upstream = upstream(server, "idle-timeout", "100ms");
        var response = open(upstream)) {
      SseReader events = new SseReader(response.body());
      assertThat(events.next()).isTrue();
      assertThatThrownBy(events::next)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.TIMEOUT))
          .hasMessageContaining("next piece");
      awaitGone(gone);
      assertThat(server.asked).as("nothing is asked for twice").hasSize(1);
    }
  }

  @Test
  void endsACallThatTakesTooLongAltogether() {
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.stream();
                  while (true) {
                    reply.chunk(": still thinking\n\n");
                    Thread.sleep(20);
                  }
                });
        var upstream = upstream(server, "call-timeout", "300ms");
        var response = open(upstream)) {
      assertThatThrownBy(() -> new SseReader(response.body()).next())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("whole answer");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsABrokenStream(boolean half) {
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.stream().event("1");
                  if (half) {
                    reply.halfClose();
                    reply.awaitGone();
                  } else {
                    reply.hangUp();
                  }
                });
        var upstream = upstream(server);
        var response = open(upstream)) {
      SseReader events = new SseReader(response.body());
      assertThat(events.next()).isTrue();
      assertThatThrownBy(events::next)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BROKEN));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "nonsense\r\n\r\n"})
  void tellsAnswersThatAreNone(String answer) {
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.raw(answer.getBytes(StandardCharsets.UTF_8));
                  reply.hangUp();
                });
        var upstream = upstream(server, "retries", "0")) {
      assertThatThrownBy(() -> upstream.bytes(REQUEST)).isInstanceOf(ModelErrorException.class);
    }
  }

  @Test
  void tellsThatNobodyIsThere() {
    ScriptedServer server = new ScriptedServer((asked, reply) -> {});
    server.close();
    try (var upstream = upstream(server)) {
      assertThatThrownBy(() -> upstream.bytes(REQUEST))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("cannot be reached")
          .hasMessageNotContaining("127.0.0.1");
    }
  }

  @Test
  void goesOnElsewhere() {
    ScriptedServer down = new ScriptedServer((asked, reply) -> {});
    down.close();
    try (var up = new ScriptedServer((asked, reply) -> reply.json(200, "{}"));
        var upstream = upstream(down, "endpoints.two.url", up.url(), "retries", "1")) {
      for (int i = 0; i < 30; i++) {
        assertThat(upstream.bytes(REQUEST)).hasSize(2);
      }
    }
  }

  @Test
  void closesTheConnectionWhenTheThreadIsInterrupted() throws Exception {
    var gone = new CountDownLatch(2);
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.stream().event("1");
                  reply.awaitGone();
                  gone.countDown();
                });
        var upstream = upstream(server, "concurrency", "1")) {
      // The watch must do for platform threads what the JDK does for virtual ones.
      for (var builder : new Thread.Builder[] {Thread.ofVirtual(), Thread.ofPlatform()}) {
        var outcome = new AtomicReference<Throwable>();
        var reading = new CountDownLatch(1);
        Thread thread =
            builder.start(
                () -> {
                  try (var response = open(upstream)) {
                    SseReader events = new SseReader(response.body());
                    while (events.next()) {
                      reading.countDown();
                    }
                  } catch (RuntimeException e) {
                    outcome.set(e);
                  }
                });
        reading.await();
        thread.interrupt();
        thread.join();
        assertThat(outcome.get()).isInstanceOf(ClientGoneException.class);
      }
      awaitGone(gone);
    }
  }

  @Test
  void closesTheConnectionWhenTheAnswerIsLeft() throws Exception {
    var gone = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.stream().event("1");
                  reply.awaitGone();
                  gone.countDown();
                });
        var upstream = upstream(server)) {
      try (var response = open(upstream)) {
        assertThat(new SseReader(response.body()).next()).isTrue();
      }
      awaitGone(gone);
    }
  }

  @Test
  void usesTheConnectionAgainAfterAStreamIsDrained() {
    try (var server = new ScriptedServer((asked, reply) -> reply.stream().event("[DONE]"));
        var upstream = upstream(server)) {
      for (int i = 0; i < 3; i++) {
        try (var response = open(upstream)) {
          assertThat(new SseReader(response.body()).next()).isTrue();
          response.drain();
        }
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void opensTheCircuitAndClosesItAgain() throws Exception {
    try (var server = new ScriptedServer((asked, reply) -> reply.json(500, "{}"));
        var upstream =
            upstream(
                server,
                "retries",
                "0",
                "breaker.least",
                "4",
                "breaker.calls",
                "4",
                "breaker.trials",
                "1",
                "breaker.pause",
                "200ms")) {
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(() -> upstream.bytes(REQUEST)).isInstanceOf(ModelErrorException.class);
      }
      assertThatThrownBy(() -> upstream.bytes(REQUEST))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("failed too often");
      assertThat(server.asked).as("an open circuit lets nothing through").hasSize(4);
      server.script((asked, reply) -> reply.json(200, "{}"));
      Thread.sleep(250);
      assertThat(upstream.bytes(REQUEST)).hasSize(2);
      assertThat(upstream.bytes(REQUEST)).hasSize(2);
    }
  }

  @Test
  void countsStreamsThatBreakAgainstTheEndpoint() {
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  reply.stream().event("1");
                  reply.hangUp();
                });
        var upstream = upstream(server, "breaker.least", "6", "breaker.calls", "6")) {
      for (int i = 0; i < 3; i++) {
        try (var response = open(upstream)) {
          assertThatThrownBy(() -> response.bytes(100)).isInstanceOf(Failure.class);
        }
      }
      assertThatThrownBy(() -> upstream.bytes(REQUEST))
          .isInstanceOf(ServiceUnavailableException.class);
    }
  }

  @Test
  void letsSoManyWaitForSoLong() throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(
                (asked, reply) -> {
                  begun.countDown();
                  gate.await();
                  reply.json(200, "{}");
                });
        var upstream =
            upstream(server, "concurrency", "1", "queue", "1", "queue-timeout", "200ms")) {
      Thread first = Thread.ofVirtual().start(() -> upstream.bytes(REQUEST));
      begun.await();
      var outcome = new AtomicReference<Throwable>();
      Thread second =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      upstream.bytes(REQUEST);
                    } catch (RuntimeException e) {
                      outcome.set(e);
                    }
                  });
      while (second.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> upstream.bytes(REQUEST))
          .as("the queue is full")
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("please wait");
      second.join();
      assertThat(outcome.get())
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("waited 200 ms");
      gate.countDown();
      first.join();
      assertThat(upstream.bytes(REQUEST)).as("the place is free again").hasSize(2);
    }
  }

  @Test
  void closingLetsCallsEnd() throws Exception {
    var closed = new CountDownLatch(1);
    try (var server =
        new ScriptedServer(
            (asked, reply) -> {
              reply.stream().event("1");
              closed.await();
              reply.event("2");
            })) {
      var upstream = upstream(server);
      try (var response = open(upstream)) {
        SseReader events = new SseReader(response.body());
        assertThat(events.next()).isTrue();
        upstream.close();
        closed.countDown();
        assertThat(events.next()).as("the stream goes on").isTrue();
        assertThat(events.next()).isFalse();
      }
      while (server.connections.get() > 0) {
        Thread.sleep(5);
      }
      assertThatThrownBy(() -> upstream.bytes(REQUEST))
          .isInstanceOf(ServiceUnavailableException.class);
    }
  }

  @Test
  void freesThePlaceOfAStreamWhenItIsClosed() {
    try (var server = new ScriptedServer((asked, reply) -> reply.stream().event("1"));
        var upstream = upstream(server, "concurrency", "1", "queue", "0")) {
      for (int i = 0; i < 3; i++) {
        try (var response = open(upstream)) {
          assertThatThrownBy(() -> open(upstream)).isInstanceOf(ThrottlingException.class);
          assertThat(new SseReader(response.body()).next()).isTrue();
        }
      }
    }
  }
}
