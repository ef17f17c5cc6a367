package dev.outcrop.http;

import dev.outcrop.wire.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Short responses for test handlers. */
final class Answers {
  private Answers() {}

  static void text(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var headers = Map.of("content-length", List.of(Integer.toString(body.length)));
    try (OutputStream out = exchange.respond(status, headers)) {
      out.write(body);
    }
  }

  /** The method, path and query exactly as the handler saw them. */
  static void target(HttpExchange exchange) throws IOException {
    text(exchange, 200, exchange.method() + " " + exchange.rawPath() + " " + exchange.rawQuery());
  }

  static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
