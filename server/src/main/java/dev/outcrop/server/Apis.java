package dev.outcrop.server;

import dev.outcrop.models.anthropic.MessagesApi;
import dev.outcrop.models.compatible.OpenAiApi;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import java.io.IOException;

/** The APIs on the one port: Anthropic's and OpenAI's by their paths, all else is AWS's. */
record Apis(HttpHandler aws, MessagesApi messages, OpenAiApi openAi) implements HttpHandler {

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (MessagesApi.serves(exchange.rawPath())) {
      messages.handle(exchange);
    } else if (OpenAiApi.serves(exchange)) {
      openAi.handle(exchange);
    } else {
      aws.handle(exchange);
    }
  }
}
