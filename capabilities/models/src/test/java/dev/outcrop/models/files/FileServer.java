package dev.outcrop.models.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A web server with one file, which can break off, change its file, redirect or refuse. */
final class FileServer implements AutoCloseable {

  final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  volatile byte[] content;
  volatile String etag = "\"first\"";

  /** Bytes to send before breaking off; all when negative. */
  volatile int breakAfter = -1;

  /** Requests to break off before it behaves. */
  volatile int breaks;

  volatile int status = 200;
  volatile String linkedSha256;

  /** When set, the body stops halfway until it is released. */
  volatile CountDownLatch gate;

  private final HttpServer server;

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/cdn/", this::file);
    server.createContext("/", this::redirect);
    server.start();
  }

  String address(String host) {
    return "http://" + host + ":" + server.getAddress().getPort();
  }

  private void redirect(HttpExchange exchange) throws IOException {
    requests.add(exchange);
    if (linkedSha256 != null) {
      exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + linkedSha256 + "\"");
    }
    exchange.getResponseHeaders().set("Location", address("127.0.0.1") + "/cdn/file");
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void file(HttpExchange exchange) throws IOException {
    requests.add(exchange);
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    int from = from(exchange);
    exchange.getResponseHeaders().set("ETag", etag);
    if (from > 0 && from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    try (OutputStream body = exchange.getResponseBody()) {
      int end = breaks-- > 0 ? Math.min(content.length, from + breakAfter) : content.length;
      int half = from + (end - from) / 2;
      body.write(content, from, half - from);
      body.flush();
      await();
      body.write(content, half, end - half);
      body.flush();
    } finally {
      exchange.close();
    }
  }

  private void await() {
    CountDownLatch latch = gate;
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The first byte asked for, if what the client has is of this file. */
  private int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String of = exchange.getRequestHeaders().getFirst("If-Range");
    return range != null && etag.equals(of)
        ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1))
        : 0;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
