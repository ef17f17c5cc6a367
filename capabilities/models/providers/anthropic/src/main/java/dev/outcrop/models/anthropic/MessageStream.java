package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** Sends an answer as server-sent events while it is written. */
final class MessageStream implements EventSink<ConverseStreamOutput> {

  private final HttpExchange exchange;
  private final NativeBody.Chunks chunks;
  private final String requestId;
  private OutputStream out;

  MessageStream(HttpExchange exchange, NativeBody.Chunks chunks, String requestId) {
    this.exchange = exchange;
    this.chunks = chunks;
    this.requestId = requestId;
  }

  @Override
  public void respond(SdkResponse initial) {
    // Converse has nothing to say there.
  }

  @Override
  public void send(ConverseStreamOutput event) {
    List<ObjectNode> written = chunks.of(event);
    if (written.isEmpty()) {
      return;
    }
    try {
      for (ObjectNode chunk : written) {
        write(chunk.path("type").textValue(), chunk);
      }
      out.flush();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  private void write(String name, JsonNode data) throws IOException {
    boolean first = out == null;
    if (first) {
      out =
          exchange.respond(
              200,
              Map.of(
                  "content-type", List.of("text/event-stream; charset=utf-8"),
                  "cache-control", List.of("no-cache"),
                  "request-id", List.of(requestId)));
    }
    out.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(Json.bytes(data));
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    if (first) {
      write("ping", Json.object().put("type", "ping"));
    }
  }

  /** Tells what went wrong after a part of the answer was sent. */
  void fail(ApiError error) throws IOException {
    write("error", error.json(requestId));
    out.flush();
  }

  boolean begun() {
    return out != null;
  }

  void end() throws IOException {
    out.close();
  }
}
