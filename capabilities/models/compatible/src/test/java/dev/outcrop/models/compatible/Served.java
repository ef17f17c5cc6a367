package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Models;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.Interceptor;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.RequestContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The API over a scripted model, on a socket. Two keys may call: {@code one} and {@code two}. */
final class Served implements AutoCloseable {

  static final String CHAT = "test.script-v1";
  static final String EMBEDDING = "test.letters-v1";

  final Script script = new Script();
  final List<ModelCall> calls = new CopyOnWriteArrayList<>();
  volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Catalogue catalogue =
      Catalogue.of(
          new ModelsSettings(
              List.of(
                  entry(CHAT, ModelEntry.Kind.CHAT), entry(EMBEDDING, ModelEntry.Kind.EMBEDDING)),
              Map.of("gpt-test", CHAT),
              4));
  private final Models models =
      new Models(catalogue, new ModelFiles(Path.of("target/no-models")), List.of(script));
  private final Database database;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Served(Path folder) throws IOException {
    database = Database.open(folder.resolve("test.db"));
    CallObserver observer =
        call -> {
          calls.add(call);
          return CallObserver.Watch.NONE;
        };
    Inference inference =
        new Inference(
            new Inference.Parts(
                models,
                4,
                List.of(),
                List.of(),
                List.of(observer),
                dev.outcrop.models.Attachments.NONE));
    OpenAiApi api = new OpenAiApi(inference, () -> catalogue, database, () -> now, new Keys());
    server =
        HttpServer.start(
            HttpSettings.defaults(),
            exchange -> {
              if (!OpenAiApi.serves(exchange)) {
                throw new IOException("not for this API");
              }
              api.handle(exchange);
            });
  }

  /** Knows two keys. */
  private static final class Keys implements Interceptor {
    @Override
    public RequestContext admit(HttpExchange exchange, byte[] body, RequestContext context) {
      String authorization = String.valueOf(exchange.header("authorization"));
      if (!authorization.matches("Bearer (one|two)")) {
        throw RefusedException.accessDenied("Please make sure your API Key is valid.");
      }
      return context.withKey(authorization.substring("Bearer ".length()));
    }
  }

  private static CatalogueEntry entry(String id, ModelEntry.Kind kind) {
    return new CatalogueEntry(
        id, null, "Test", "scripted", kind, null, null, 0, null, false, Map.of(), null, null);
  }

  /** An answer in one piece. */
  record Said(int status, JsonNode json, HttpResponse<String> whole) {
    String at(String pointer) {
      return json.at(pointer).asText();
    }
  }

  Said post(String path, String json) throws Exception {
    return send(request("one", path).POST(HttpRequest.BodyPublishers.ofString(json)).build());
  }

  Said get(String key, String path) throws Exception {
    return send(request(key, path).GET().build());
  }

  Said delete(String key, String path) throws Exception {
    return send(request(key, path).DELETE().build());
  }

  HttpRequest.Builder request(String key, String path) {
    return HttpRequest.newBuilder(URI.create(server.endpoint() + path))
        .header("authorization", "Bearer " + key);
  }

  Said send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Said(answer.statusCode(), Json.read(answer.body()), answer);
  }

  /** A streamed answer: the data of its events, and {@code [DONE]} as a text. */
  List<JsonNode> stream(String path, String json) throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("one", path).POST(HttpRequest.BodyPublishers.ofString(json)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (!answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream")) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    List<JsonNode> events = new ArrayList<>();
    for (String event : answer.body().split("\n\n")) {
      String data =
          Arrays.stream(event.split("\n"))
              .filter(line -> line.startsWith("data: "))
              .map(line -> line.substring("data: ".length()))
              .findFirst()
              .orElseThrow();
      events.add(data.equals("[DONE]") ? Json.text(data) : Json.read(data));
      if (events.getLast().has("sequence_number")
          && !event.startsWith("event: " + events.getLast().path("type").asText() + "\n")) {
        throw new AssertionError("an event without its name: " + event);
      }
    }
    return events;
  }

  URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    models.close();
    database.close();
  }
}
