package dev.outcrop.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server in front of a handler: enough to test the wire layer with real clients. */
public final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public TestServer(HttpHandler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(new Exchange(exchange));
          }
        });
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private static final class Exchange implements HttpExchange {
    private final com.sun.net.httpserver.HttpExchange jdk;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private boolean committed;

    Exchange(com.sun.net.httpserver.HttpExchange jdk) {
      this.jdk = jdk;
      jdk.getRequestHeaders().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    }

    @Override
    public String method() {
      return jdk.getRequestMethod();
    }

    @Override
    public String rawPath() {
      return jdk.getRequestURI().getRawPath();
    }

    @Override
    public String rawQuery() {
      return jdk.getRequestURI().getRawQuery();
    }

    @Override
    public Map<String, List<String>> headers() {
      return headers;
    }

    @Override
    public InputStream body() {
      return jdk.getRequestBody();
    }

    @Override
    public OutputStream respond(int status, Map<String, List<String>> answer) throws IOException {
      committed = true;
      jdk.getResponseHeaders().putAll(answer);
      List<String> length = answer.get("Content-Length");
      long fixed = length == null ? 0 : Long.parseLong(length.getFirst());
      boolean none = status == 204 || status == 304 || method().equals("HEAD");
      jdk.sendResponseHeaders(status, none || length != null && fixed == 0 ? -1 : fixed);
      return none || length != null && fixed == 0
          ? OutputStream.nullOutputStream()
          : jdk.getResponseBody();
    }

    @Override
    public boolean committed() {
      return committed;
    }

    @Override
    public void abort() {
      jdk.close();
    }

    @Override
    public void onClientGone(Runnable action) {
      // The JDK's server does not tell; writing to the closed connection does.
    }

    @Override
    public boolean secure() {
      return false;
    }
  }
}
