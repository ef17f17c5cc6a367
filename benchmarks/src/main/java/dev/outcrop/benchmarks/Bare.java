package dev.outcrop.benchmarks;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The least that any handler of this server must do: read the body, write a prepared answer. It is
 * what the dispatcher answered to the same request, so that both send the same bytes.
 *
 * @param headers of the answer
 * @param parts of the body, each flushed when streamed
 */
record Bare(Map<String, List<String>> headers, List<byte[]> parts) implements HttpHandler {

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.body()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    try (OutputStream out = exchange.respond(200, headers)) {
      for (byte[] part : parts) {
        out.write(part);
        out.flush();
      }
    }
  }

  /** A bare handler that answers as the other one does. */
  static Bare recorded(HttpHandler handler, String path, byte[] body) throws IOException {
    Recording recording = new Recording(path, body);
    handler.handle(recording);
    return new Bare(recording.headers, List.copyOf(recording.parts));
  }

  /** Keeps what a handler writes, cut where it flushes. */
  private static final class Recording extends RecordedRequest {
    private Map<String, List<String>> headers = Map.of();
    private final List<byte[]> parts = new java.util.ArrayList<>();

    Recording(String path, byte[] body) {
      super(path, body);
    }

    @Override
    public OutputStream respond(int status, Map<String, List<String>> answered) {
      if (status != 200) {
        throw new IllegalStateException("the handler answered " + status);
      }
      headers = Map.copyOf(answered);
      return new ByteArrayOutputStream() {
        @Override
        public void flush() {
          if (size() > 0) {
            parts.add(toByteArray());
            reset();
          }
        }

        @Override
        public void close() {
          flush();
        }
      };
    }

    @Override
    public boolean committed() {
      return !headers.isEmpty();
    }
  }
}
