package dev.outcrop.http;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS in front of both protocols; a class of its own so that cleartext servers never load it. */
final class SecureConnections {
  private SecureConnections() {}

  static ConnectionFactory[] protocols(HttpConfiguration http, HttpSettings settings) {
    var context = new SslContextFactory.Server();
    context.setKeyStore(Certificates.load(settings.tls()));
    context.setKeyStorePassword(Certificates.PASSWORD);
    // A local certificate serves whatever name the client used for this machine; whether to trust
    // it
    // under that name is the client's decision.
    context.setSniRequired(false);
    http.addCustomizer(new SecureRequestCustomizer(false));

    var http1 = new HttpConnectionFactory(http);
    var http2 = new HTTP2ServerConnectionFactory(http);
    Connections.tune(http2, settings.limits());
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    var tls = new SslConnectionFactory(context, alpn.getProtocol());
    return new ConnectionFactory[] {tls, alpn, http2, http1};
  }
}
