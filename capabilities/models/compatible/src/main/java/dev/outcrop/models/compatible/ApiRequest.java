package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.RequestContext;
import dev.outcrop.wire.body.Bodies;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A request that was let in.
 *
 * @param context who asks
 * @param sent the body as it was sent, any gzip still on
 */
record ApiRequest(HttpExchange exchange, Door door, RequestContext context, byte[] sent) {

  static ApiRequest admit(
      HttpExchange exchange, Door door, String requestId, Class<? extends SdkRequest> requestClass)
      throws IOException {
    byte[] sent = Bodies.sent(exchange, Dispatcher.MAX_BODY);
    return new ApiRequest(
        exchange, door, door.admit(exchange, requestId, sent, requestClass), sent);
  }

  SdkBytes body() throws IOException {
    return SdkBytes.fromByteArrayUnsafe(Bodies.content(exchange, sent, Dispatcher.MAX_BODY));
  }

  <T> T around(SdkRequest request, Door.Work<T> work) throws Exception {
    return door.around(context, request, work);
  }

  void answer(JsonNode json) throws IOException {
    answer(Json.bytes(json));
  }

  void answer(byte[] json) throws IOException {
    answer(exchange, 200, json, context.requestId());
  }

  static void answer(HttpExchange exchange, int status, byte[] json, String requestId)
      throws IOException {
    try (OutputStream out =
        exchange.respond(
            status,
            Map.of(
                "content-type", List.of("application/json"),
                "content-length", List.of(String.valueOf(json.length)),
                "x-request-id", List.of(requestId)))) {
      out.write(json);
    }
  }
}
