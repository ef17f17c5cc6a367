package dev.outcrop.http;

import dev.outcrop.wire.HttpHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A running HTTP server. It takes HTTP/1.1 and HTTP/2 on one port (cleartext with prior knowledge
 * or upgrade; by ALPN over TLS) and calls the handler on a virtual thread for every request.
 *
 * <p>A client that closes its half of an HTTP/1.1 connection while its request is being handled
 * counts as gone.
 */
public final class HttpServer implements AutoCloseable {
  private final HttpSettings settings;
  private final Server server;
  private final ServerConnector connector;
  private final OpenExchanges open;

  private HttpServer(
      HttpSettings settings, Server server, ServerConnector connector, OpenExchanges open) {
    this.settings = settings;
    this.server = server;
    this.connector = connector;
    this.open = open;
  }

  /**
   * Starts to listen; requests are answered when this returns.
   *
   * @throws IllegalArgumentException when the settings are wrong, above all an address that others
   *     can reach without {@link HttpSettings#allowNonLoopback()}, or an unreadable certificate
   * @throws IOException when the port cannot be bound
   */
  public static HttpServer start(HttpSettings settings, HttpHandler handler) throws IOException {
    String address = settings.address().getHostAddress();
    var threads = new VirtualThreadPool(0);
    threads.setName("http");
    var server = new Server(threads);
    var open = new OpenExchanges(settings.limits());
    var connector = Connections.connector(server, settings, open);
    connector.setHost(address);
    connector.setPort(settings.port());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    server.addBean(open);
    server.setErrorHandler(new PlainErrors());
    server.setHandler(new Bridge(settings, handler, open));
    start(settings, server);
    return new HttpServer(settings, server, connector, open);
  }

  private static void start(HttpSettings settings, Server server) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new IOException(
            "cannot listen on %s port %d: is it in use? (%s)"
                .formatted(settings.host(), settings.port(), e.getMessage()),
            e);
      }
      throw new IOException("cannot start the HTTP server: " + e.getMessage(), e);
    }
  }

  /** The port that was bound. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Where a client on this machine finds the server. */
  public URI endpoint() {
    String host = settings.host();
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create((settings.tls() == null ? "http://" : "https://") + name + ":" + port());
  }

  /**
   * Stops: no new connections or requests, those in flight may finish within {@link
   * HttpSettings#stopWithin()}, then the rest is broken off.
   */
  @Override
  public void close() {
    connector.close();
    Duration limit = settings.stopWithin();
    open.finish(limit);
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop cleanly", e);
    }
  }
}
