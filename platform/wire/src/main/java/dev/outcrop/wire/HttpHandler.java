package dev.outcrop.wire;

import java.io.IOException;

/** Answers HTTP requests; called on a virtual thread that may block. */
@FunctionalInterface
public interface HttpHandler {
  void handle(HttpExchange exchange) throws IOException;
}
