package dev.outcrop.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** What a connection may speak and how. */
final class Connections {

  /**
   * Upload speed over HTTP/2 is the receive window per round trip and per scheduling delay of the
   * reader; the protocol's own 64 KiB made 15 MB take 15 times as long.
   */
  private static final int STREAM_WINDOW = 8 << 20;

  private static final int SESSION_WINDOW = 16 << 20;

  /**
   * AWS paths carry ARNs and object keys: encoded slashes, empty segments and dots are data. They
   * are handed over as sent, so nothing is ambiguous; only what is not a URI at all is refused.
   */
  private static final UriCompliance URIS =
      new UriCompliance(
          "aws",
          EnumSet.of(
              Violation.AMBIGUOUS_EMPTY_SEGMENT,
              Violation.AMBIGUOUS_PATH_ENCODING,
              Violation.AMBIGUOUS_PATH_PARAMETER,
              Violation.AMBIGUOUS_PATH_SEGMENT,
              Violation.AMBIGUOUS_PATH_SEPARATOR,
              Violation.SUSPICIOUS_PATH_CHARACTERS));

  private Connections() {}

  static ServerConnector connector(Server server, HttpSettings settings, OpenExchanges open) {
    HttpConfiguration http = configuration(settings.limits());
    ConnectionFactory[] protocols =
        settings.tls() == null
            ? cleartext(http, settings.limits())
            : SecureConnections.protocols(http, settings);
    var connector =
        new ServerConnector(server, 0, 1, protocols) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            return new ClientEndPoint(channel, selector, key, getScheduler(), getExecutor(), open);
          }
        };
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    connector.setAcceptedTcpNoDelay(true);
    connector.setAcceptQueueSize(1024);
    return connector;
  }

  private static ConnectionFactory[] cleartext(HttpConfiguration http, HttpLimits limits) {
    var http2 = new HTTP2CServerConnectionFactory(http);
    tune(http2, limits);
    return new ConnectionFactory[] {new HttpConnectionFactory(http), http2};
  }

  static void tune(AbstractHTTP2ServerConnectionFactory http2, HttpLimits limits) {
    http2.setInitialStreamRecvWindow(STREAM_WINDOW);
    http2.setInitialSessionRecvWindow(SESSION_WINDOW);
    http2.setMaxConcurrentStreams(limits.streams());
    http2.setStreamIdleTimeout(limits.idle().toMillis());
  }

  private static HttpConfiguration configuration(HttpLimits limits) {
    var http = new HttpConfiguration();
    http.setUriCompliance(URIS);
    http.setHttpCompliance(HttpCompliance.STRICT);
    // Signatures cover values as they were sent: charset=UTF-8 must not become charset=utf-8.
    http.setHeaderCacheCaseSensitive(true);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setIdleTimeout(limits.idle().toMillis());
    return http;
  }
}
