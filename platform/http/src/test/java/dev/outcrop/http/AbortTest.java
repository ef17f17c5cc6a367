package dev.outcrop.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.http.Http2Socket.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a response that is broken off looks on the wire. */
class AbortTest {
  private static final int INTERNAL_ERROR = 2;

  @Test
  void aStreamIsResetAndNotEnded() throws Exception {
    try (var server =
            HttpServer.start(
                HttpSettings.defaults(),
                exchange -> {
                  Answers.send(exchange.respond(200, Map.of()), "half");
                  exchange.abort();
                });
        var client = Http2Socket.greeted(server.port())) {
      client.send(Http2Socket.get(1, "/"));
      List<Frame> frames = new ArrayList<>();
      do {
        frames.add(client.read());
      } while (frames.getLast().type() != Http2Socket.RST_STREAM);
      assertThat(frames)
          .filteredOn(frame -> frame.stream() == 1)
          .extracting(Frame::type)
          .containsExactly(Http2Socket.HEADERS, Http2Socket.DATA, Http2Socket.RST_STREAM);
      assertThat(frames)
          .noneMatch(frame -> frame.stream() == 1 && frame.has(Http2Socket.END_STREAM));
      assertThat(frames.getLast().number()).isEqualTo(INTERNAL_ERROR);
    }
  }
}
