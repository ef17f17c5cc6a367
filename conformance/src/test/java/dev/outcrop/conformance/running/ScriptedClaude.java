package dev.outcrop.conformance.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/**
 * A server with Anthropic's streamed messages whose model thinks when it is asked to, says a few
 * words, and calls the first tool it is given. It counts tokens that a cache had and got.
 */
public final class ScriptedClaude implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USAGE =
      """
      "usage":{"input_tokens":9,"cache_read_input_tokens":5,"cache_creation_input_tokens":3,\
      "cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":0},\
      "output_tokens":4}""";

  private final HttpServer server;

  public ScriptedClaude() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/messages", this::answer);
    server.createContext("/v1/messages/count_tokens", e -> send(e, "application/json", COUNT));
    server.start();
  }

  private static final String COUNT = "{\"input_tokens\":17}";

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    send(exchange, "text/event-stream", events(request));
  }

  private static String events(JsonNode request) {
    StringBuilder said = new StringBuilder();
    event(
        said,
        "message_start",
        """
        "message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],\
        "stop_reason":null,"stop_sequence":null,%s}"""
            .formatted(USAGE));
    int index = 0;
    if (request.path("thinking").path("type").asText().equals("enabled")) {
      block(
          said,
          index++,
          "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"",
          "\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"",
          "\"type\":\"signature_delta\",\"signature\":\"c2ln\"");
    }
    block(
        said,
        index++,
        "\"type\":\"text\",\"text\":\"\"",
        "\"type\":\"text_delta\",\"text\":\"Hello \"",
        "\"type\":\"text_delta\",\"text\":\"there.\"");
    boolean calls = request.has("tools");
    if (calls) {
      String name = request.at("/tools/0/name").asText();
      block(
          said,
          index,
          "\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"" + name + "\",\"input\":{}",
          "\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\": \\\"Bern\\\"}\"");
    }
    event(
        said,
        "message_delta",
        "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},%s"
            .formatted(calls ? "tool_use" : "end_turn", USAGE));
    event(said, "message_stop", "");
    return said.toString();
  }

  private static void block(StringBuilder said, int index, String start, String... deltas) {
    String at = "\"index\":" + index;
    event(said, "content_block_start", at + ",\"content_block\":{" + start + "}");
    for (String delta : deltas) {
      event(said, "content_block_delta", at + ",\"delta\":{" + delta + "}");
    }
    event(said, "content_block_stop", at);
  }

  private static void event(StringBuilder said, String type, String more) {
    String data = "{\"type\":\"" + type + "\"" + (more.isEmpty() ? "" : ",") + more + "}";
    said.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
  }

  private static void send(HttpExchange exchange, String type, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
