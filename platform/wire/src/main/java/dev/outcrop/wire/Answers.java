package dev.outcrop.wire;

import dev.outcrop.operations.Protocol;
import dev.outcrop.wire.protocol.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends answers. */
final class Answers {
  private static final int CHUNK = 64 * 1024;

  private Answers() {}

  /** Sends a whole answer. */
  static void send(HttpExchange exchange, Answer answer, Protocol protocol, String requestId)
      throws IOException {
    Map<String, List<String>> headers = answer.headers();
    identify(headers, protocol, requestId);
    boolean bodiless =
        exchange.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
    byte[] body = answer.body();
    if (!bodiless) {
      headers.remove("Content-Length");
      headers.put("Content-Length", List.of(Integer.toString(body.length)));
    }
    try (OutputStream out = exchange.respond(answer.status(), headers)) {
      if (!bodiless && body.length > 0) {
        out.write(body);
      }
    }
  }

  /** Sends a head, then a stream as it comes. */
  static void stream(
      HttpExchange exchange, Answer head, InputStream in, Protocol protocol, String requestId)
      throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>(head.headers());
    identify(headers, protocol, requestId);
    headers.putIfAbsent("Content-Type", List.of("application/octet-stream"));
    try (OutputStream out = exchange.respond(head.status(), headers)) {
      byte[] chunk = new byte[CHUNK];
      int count;
      while ((count = in.read(chunk)) >= 0) {
        out.write(chunk, 0, count);
        if (in.available() <= 0) {
          out.flush();
        }
      }
    } catch (IOException | RuntimeException e) {
      // The status is out: only a broken connection still tells the client.
      exchange.abort();
      throw e;
    }
  }

  private static void identify(
      Map<String, List<String>> headers, Protocol protocol, String requestId) {
    headers.put("x-amzn-RequestId", List.of(requestId));
    if (protocol == Protocol.REST_XML) {
      headers.put("x-amz-request-id", List.of(requestId));
    }
  }
}
