package dev.outcrop.models.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of a provider, with nothing in it but connections: retries, redirects, cookies
 * and time-outs of reads are {@link Upstream}'s business or nobody's.
 */
final class Transport {

  private Transport() {}

  static CloseableHttpClient client(String provider, ProviderSettings settings) {
    HttpClientBuilder client =
        HttpClientBuilder.create()
            .setConnectionManager(connections(provider, settings))
            .setUserAgent("outcrop")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState()
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setProtocolUpgradeEnabled(false)
                    .setAuthenticationEnabled(false)
                    .setConnectionRequestTimeout(Timeout.ofSeconds(10))
                    .build());
    settings.proxy().ifPresent(proxy -> client.setProxy(host(provider, proxy)));
    return client.build();
  }

  private static PoolingHttpClientConnectionManager connections(
      String provider, ProviderSettings settings) {
    Timeout connect = Timeout.of(settings.connectTimeout());
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnPerRoute(settings.concurrency())
            .setMaxConnTotal(settings.concurrency() * Math.max(1, settings.endpoints().size()))
            .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(Timeout.DISABLED)
                    // Balancers move: an old name is looked up again.
                    .setTimeToLive(5, TimeUnit.MINUTES)
                    .setIdleTimeout(Timeout.ofSeconds(50))
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build());
    settings
        .certificates()
        .ifPresent(
            file ->
                connections.setTlsSocketStrategy(
                    new DefaultClientTlsStrategy(trusting(provider, file))));
    return connections.build();
  }

  private static HttpHost host(String provider, URI proxy) {
    if (!"http".equals(proxy.getScheme())
        || proxy.getHost() == null
        || proxy.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "providers." + provider + ".proxy must be an address such as http://proxy:3128");
    }
    return new HttpHost("http", proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
  }

  private static SSLContext trusting(String provider, Path file) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, Authorities.of(provider, file), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
