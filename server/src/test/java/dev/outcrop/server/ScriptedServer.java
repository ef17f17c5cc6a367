package dev.outcrop.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A server that speaks OpenAI's chat protocol and streams one word, half of it behind a gate. */
final class ScriptedServer implements AutoCloseable {
  final CountDownLatch begun = new CountDownLatch(1);
  volatile CountDownLatch gate = new CountDownLatch(0);
  private final HttpServer server;

  ScriptedServer(String word) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", exchange -> answer(exchange, word));
    server.start();
  }

  private void answer(HttpExchange exchange, String word) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      int half = word.length() / 2;
      chunk(out, delta(word.substring(0, half)));
      begun.countDown();
      gate.await();
      chunk(out, delta(word.substring(half)));
      chunk(out, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
      chunk(
          out,
          "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,"
              + "\"total_tokens\":3}}");
      chunk(out, "[DONE]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String delta(String text) {
    return "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
        + "\"delta\":{\"role\":\"assistant\",\"content\":\""
        + text
        + "\"},\"finish_reason\":null}]}";
  }

  private static void chunk(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
