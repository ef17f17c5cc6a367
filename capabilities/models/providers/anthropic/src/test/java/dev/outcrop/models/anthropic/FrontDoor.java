package dev.outcrop.models.anthropic;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Models;
import dev.outcrop.models.TokenCounts;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.models.upstream.Reply;
import dev.outcrop.models.upstream.ScriptedServer;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.Interceptor;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.RequestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server with Anthropic's API in front and a scripted Anthropic behind. */
final class FrontDoor implements AutoCloseable {

  private static final String ANSWER =
      Remote.SHORT_ANSWER.replace(
          "\"stop_sequence\",\"stop_sequence\":\"HALT\"", "\"end_turn\",\"stop_sequence\":null");

  final Remote remote = new Remote(FrontDoor::script, "retries", "0");
  private final Models models =
      new Models(
          Catalogue.of(
              new ModelsSettings(List.of(entry()), Map.of("anthropic.claude-x", "claude"), 9)),
          new ModelFiles(Path.of("target/no-models")),
          List.of(remote.provider));
  final List<String> admitted = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  FrontDoor() throws Exception {
    server =
        HttpServer.start(
            HttpSettings.defaults().withPort(0),
            new MessagesApi(
                new Inference(models, 9, List.of()),
                new TokenCounts(models, List.of(), List.of()),
                new Gate()));
  }

  /** Lets in whoever has not the wrong key. */
  private final class Gate implements Interceptor {
    @Override
    public RequestContext admit(HttpExchange exchange, byte[] body, RequestContext context) {
      admitted.add(context.operation().name());
      if ("wrong".equals(exchange.header("x-api-key"))) {
        throw RefusedException.accessDenied("This key may not.");
      }
      return context;
    }
  }

  private static CatalogueEntry entry() {
    return new CatalogueEntry(
        "claude",
        null,
        "Anthropic",
        "claude-cloud",
        ModelEntry.Kind.CHAT,
        null,
        null,
        0,
        null,
        false,
        Map.of("model", "claude-sonnet-4-5"),
        null,
        null);
  }

  private static void script(ScriptedServer.Asked asked, Reply reply) throws Exception {
    if (asked.path().endsWith("count_tokens")) {
      reply.json(200, "{\"input_tokens\":41}");
      return;
    }
    switch (asked.json().at("/system/0/text").asText()) {
      case "throttle" -> reply.json(429, "{\"error\":{\"type\":\"rate_limit_error\"}}");
      case "overload" -> reply.json(529, "{\"error\":{\"type\":\"overloaded_error\"}}");
      case "refuse" -> reply.json(400, "{\"error\":{\"type\":\"invalid_request_error\"}}");
      case "break" -> {
        reply.stream()
            .chunk(ANSWER.substring(0, ANSWER.indexOf("data: {\"type\":\"content_block_stop")));
        reply.hangUp();
      }
      case "tool" -> reply.stream().chunk(Calls.resource("answer.sse"));
      default -> reply.stream().chunk(ANSWER);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
    models.close();
    remote.close();
  }
}
