package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.wire.ClientGoneException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Server-sent events; the answer begins with the first. */
final class EventStream {

  private static final byte[] DATA = bytes("data: ");
  private static final byte[] END = bytes("\n\n");

  private final ApiRequest request;
  private OutputStream out;

  EventStream(ApiRequest request) {
    this.request = request;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  boolean begun() {
    return out != null;
  }

  void data(JsonNode json) {
    send(null, Json.bytes(json));
  }

  void event(String name, JsonNode json) {
    send(name, Json.bytes(json));
  }

  /** The last event of a stream of chat completions. */
  void done() {
    send(null, bytes("[DONE]"));
  }

  private void send(String name, byte[] data) {
    try {
      if (out == null) {
        out =
            request
                .exchange()
                .respond(
                    200,
                    Map.of(
                        "content-type", List.of("text/event-stream; charset=utf-8"),
                        "cache-control", List.of("no-cache"),
                        "x-request-id", List.of(request.context().requestId())));
      }
      if (name != null) {
        out.write(bytes("event: " + name + "\n"));
      }
      out.write(DATA);
      out.write(data);
      out.write(END);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  /** Sends what was written so far. */
  void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  void end() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
