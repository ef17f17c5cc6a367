package dev.outcrop.models.openai;

import static dev.outcrop.models.openai.Fixture.delta;
import static dev.outcrop.models.openai.Fixture.end;
import static dev.outcrop.models.openai.Fixture.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.upstream.ScriptedServer.Script;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Servers that break off, write nonsense, or are left alone. */
class BrokenServerTest {

  @FunctionalInterface
  private interface Ending {
    void end(dev.outcrop.models.upstream.Reply reply) throws Exception;
  }

  private static Ending ending(String how) {
    return switch (how) {
      case "hangs up" -> reply -> reply.hangUp();
      case "half closes" ->
          reply -> {
            reply.halfClose();
            reply.awaitGone();
          };
      case "stalls" -> reply -> reply.awaitGone();
      case "writes nonsense" -> reply -> reply.event("{\"choices\":[{");
      case "just ends" -> reply -> {};
      case "is done too early" -> reply -> reply.event("[DONE]");
      default -> reply -> reply.event("{\"error\":{\"message\":\"out of memory\",\"code\":500}}");
    };
  }

  /** Before anything was answered it is tried again; after that it is a failed stream. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hangs up",
        "half closes",
        "stalls",
        "writes nonsense",
        "just ends",
        "is done too early",
        "tells an error"
      })
  void triesAgainOnlyBeforeTheFirstPiece(String how) {
    AtomicInteger calls = new AtomicInteger();
    Script early =
        (asked, reply) -> {
          reply.stream().event(delta("\"role\":\"assistant\",\"content\":\"\""));
          if (calls.getAndIncrement() == 0) {
            ending(how).end(reply);
          } else {
            reply.event(delta("\"content\":\"Hello\"")).event(end("stop")).event(Fixture.USAGE);
          }
        };
    Script late =
        (asked, reply) -> {
          reply.stream().event(delta("\"content\":\"Hel\""));
          ending(how).end(reply);
        };
    try (Fixture fixture = new Fixture(early, "idle-timeout", "100ms")) {
      assertThat(fixture.ask(fixture.chat(), request -> {}).brief())
          .isEqualTo("start 0:Hello 0. end_turn");
      fixture.server.asked.clear();
      fixture.server.script(late);
      ChatModel model = fixture.chat();
      assertThatThrownBy(() -> fixture.ask(model, request -> {}))
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("'gateway'");
      assertThat(fixture.server.asked).hasSize(1);
    }
  }

  @Test
  void failsOnWebPages() {
    Script page = (asked, reply) -> reply.send(200, "text/html", "<html>Welcome</html>");
    try (Fixture fixture = new Fixture(page, "retries", "1")) {
      ChatModel model = fixture.chat();
      assertThatThrownBy(() -> fixture.ask(model, request -> {}))
          .isInstanceOf(ModelErrorException.class)
          .hasMessageContaining("text/html")
          .hasMessageNotContaining("Welcome");
      assertThat(fixture.server.asked).hasSize(2);
    }
  }

  @Test
  void mapsErrorsAtTheBeginningOfAStream() {
    try (Fixture fixture =
        new Fixture(
            saying("{\"error\":{\"message\":\"slow down\",\"code\":429}}"), "retries", "0")) {
      ChatModel model = fixture.chat();
      assertThatThrownBy(() -> fixture.ask(model, request -> {}))
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("slow down");
      fixture.server.script(
          saying("{\"object\":\"error\",\"error\":{\"message\":\"too long\",\"code\":400}}"));
      assertThatThrownBy(() -> fixture.ask(model, request -> {}))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("too long");
    }
  }

  @Test
  void tellsWhatTheServerCannotDoFromWhatItFailedToDo() {
    Script blind =
        (asked, reply) ->
            reply.json(
                500,
                "{\"error\":{\"code\":500,\"type\":\"server_error\","
                    + "\"message\":\"image input is not supported\"}}");
    try (Fixture fixture = new Fixture(blind)) {
      ChatModel model = fixture.chat();
      assertThatThrownBy(() -> fixture.ask(model, request -> {}))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("image input");
      assertThat(fixture.server.asked).hasSize(1);
    }
  }

  @Test
  void failsWhenADemandedToolIsNotCalled() {
    try (Fixture fixture = new Fixture(Fixture.hello())) {
      ChatModel model = fixture.chat();
      assertThatThrownBy(
              () ->
                  fixture.ask(
                      model,
                      request ->
                          request.toolConfig(
                              c ->
                                  c.tools(t -> t.toolSpec(s -> s.name("a")))
                                      .toolChoice(choice -> choice.any(a -> {})))))
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("called no tool");
    }
  }

  @Test
  void asksOldServersWithoutStreamOptions() {
    Script old =
        (asked, reply) -> {
          if (asked.json().has("stream_options")) {
            reply.json(400, "{\"error\":{\"message\":\"unknown field stream_options\"}}");
          } else {
            Fixture.hello().answer(asked, reply);
          }
        };
    try (Fixture fixture = new Fixture(old)) {
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.ask(fixture.chat(), request -> {}).brief()).contains("Hello");
      }
      assertThat(fixture.server.asked).as("it is told once").hasSize(4);
    }
  }

  @Test
  void closesTheConnectionWhenTheClientIsGone() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Script endless =
        (asked, reply) -> {
          reply.stream().event(delta("\"content\":\"Hel\""));
          reply.awaitGone();
          gone.countDown();
        };
    EventSink<ConverseStreamOutput> leaving =
        new EventSink<>() {
          @Override
          public void respond(SdkResponse initial) {}

          @Override
          public void send(ConverseStreamOutput event) {
            if (event instanceof ContentBlockDeltaEvent) {
              throw new ClientGoneException(null);
            }
          }
        };
    try (Fixture fixture = new Fixture(endless)) {
      ChatModel model = fixture.chat();
      assertThatThrownBy(() -> model.converse(Fixture.request(request -> {}), leaving))
          .isInstanceOf(ClientGoneException.class);
      assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void servesManyStreamsAtOnce() throws Exception {
    int streams = 200;
    CountDownLatch allBegun = new CountDownLatch(streams);
    Script together =
        (asked, reply) -> {
          reply.stream().event(delta("\"content\":\"a\""));
          allBegun.countDown();
          allBegun.await();
          for (int i = 0; i < 50; i++) {
            reply.event(delta("\"content\":\"b\""));
          }
          reply.event(end("stop")).event(Fixture.USAGE).event("[DONE]");
        };
    try (Fixture fixture = new Fixture(together, "concurrency", "200")) {
      ChatModel model = fixture.chat();
      AtomicInteger whole = new AtomicInteger();
      Thread[] threads = new Thread[streams];
      for (int i = 0; i < streams; i++) {
        threads[i] =
            Thread.ofVirtual()
                .start(
                    () -> {
                      String brief = fixture.ask(model, request -> {}).brief();
                      if (brief.equals("start 0:a" + " 0:b".repeat(50) + " 0. end_turn")) {
                        whole.incrementAndGet();
                      }
                    });
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(whole).hasValue(streams);
    }
  }
}
