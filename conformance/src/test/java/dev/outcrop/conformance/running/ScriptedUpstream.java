package dev.outcrop.conformance.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/**
 * A server with OpenAI's completions and a ranking, whose chat model calls the first tool it is
 * given, for Bern, says a tool's result back, and says back anything else. {@code limit} is one
 * request too many, and {@code break} ends the connection in the middle of an answer.
 */
public final class ScriptedUpstream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;

  public ScriptedUpstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::answer);
    server.createContext("/v1/completions", this::complete);
    server.createContext("/v1/rerank", this::rank);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      JsonNode last = request.path("messages").path(request.path("messages").size() - 1);
      String text =
          last.path("content").isTextual()
              ? last.path("content").textValue()
              : last.at("/content/0/text").asText();
      boolean calls = request.has("tools") && !last.path("role").asText().equals("tool");
      if (text.equals("limit")) {
        send(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}", "application/json");
      } else if (request.path("stream").asBoolean()) {
        stream(exchange, text, calls);
      } else {
        send(exchange, 200, whole(text, calls).toString(), "application/json");
      }
    }
  }

  /** Ends any prompt with one word. */
  private void complete(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      String usage =
          "\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4, \"total_tokens\": 13}";
      String choice =
          "\"choices\": [{\"index\": 0, \"text\": \"Bern\", \"finish_reason\": \"stop\"}]";
      if (request.path("stream").asBoolean()) {
        String events =
            "data: {%s}\n\ndata: {\"choices\": [], %s}\n\ndata: [DONE]\n\n"
                .formatted(choice, usage);
        send(exchange, 200, events, "text/event-stream");
      } else {
        send(exchange, 200, "{%s, %s}".formatted(choice, usage), "application/json");
      }
    }
  }

  /** Ranks documents as they come. */
  private void rank(HttpExchange exchange) throws IOException {
    try (exchange) {
      int count = JSON.readTree(exchange.getRequestBody()).path("documents").size();
      ObjectNode answer = JSON.createObjectNode();
      for (int i = 0; i < count; i++) {
        answer
            .withArray("results")
            .addObject()
            .put("index", i)
            .put("relevance_score", 1.0 / (i + 1));
      }
      send(exchange, 200, answer.toString(), "application/json");
    }
  }

  private static void stream(HttpExchange exchange, String text, boolean calls) throws IOException {
    if (calls) {
      ObjectNode whole = whole(text, true);
      ((ObjectNode) whole.at("/choices/0/message/tool_calls/0")).put("index", 0);
      String delta = "{\"choices\": [{\"index\": 0, \"delta\": %s, \"finish_reason\": null}]}";
      send(
          exchange,
          200,
          "data: " + delta.formatted(whole.at("/choices/0/message")) + "\n\n" + end("tool_calls"),
          "text/event-stream");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (String word : text.split("(?<= )")) {
      ObjectNode chunk = JSON.createObjectNode();
      chunk.putArray("choices").addObject().put("index", 0).putObject("delta").put("content", word);
      out.write(("data: " + chunk + "\n\n").getBytes(UTF_8));
      out.flush();
      if (text.equals("break")) {
        return; // without an end: the client of this server sees the stream broken off
      }
    }
    out.write(end("stop").getBytes(UTF_8));
  }

  private static String end(String reason) {
    return """
    data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "%s"}]}

    data: {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13,\
     "prompt_tokens_details": {"cached_tokens": 2}}}

    data: [DONE]

    """
        .formatted(reason);
  }

  private static ObjectNode whole(String text, boolean calls) {
    ObjectNode whole = JSON.createObjectNode().put("object", "chat.completion");
    ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    if (calls) {
      ObjectNode call = message.putArray("tool_calls").addObject().put("id", "call_1");
      call.put("type", "function")
          .putObject("function")
          .put("name", "weather")
          .put("arguments", "{\"city\": \"Bern\"}");
    } else {
      message.put("content", text);
    }
    choice.put("finish_reason", calls ? "tool_calls" : "stop");
    ObjectNode usage = whole.putObject("usage").put("prompt_tokens", 9).put("completion_tokens", 4);
    usage.put("total_tokens", 13).putObject("prompt_tokens_details").put("cached_tokens", 2);
    return whole;
  }

  private static void send(HttpExchange exchange, int status, String body, String type)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
