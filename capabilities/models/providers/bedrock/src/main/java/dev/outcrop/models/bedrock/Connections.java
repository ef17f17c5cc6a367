package dev.outcrop.models.bedrock;

import dev.outcrop.models.upstream.Authorities;
import dev.outcrop.models.upstream.ProviderSettings;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * How the SDK's clients connect.
 *
 * @param proxy null for none
 * @param trusted null for Java's own authorities
 */
record Connections(ProviderSettings settings, URI proxy, TrustManager[] trusted) {

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException when they make no sense
   */
  static Connections of(String provider, ProviderSettings settings) {
    URI proxy = settings.proxy().orElse(null);
    if (proxy != null
        && (!"http".equals(proxy.getScheme())
            || proxy.getHost() == null
            || proxy.getRawUserInfo() != null)) {
      throw new IllegalArgumentException(
          "providers." + provider + ".proxy must be an address such as http://proxy:3128");
    }
    return new Connections(
        settings,
        proxy,
        settings.certificates().map(file -> Authorities.of(provider, file)).orElse(null));
  }

  Apache5HttpClient.Builder blocking() {
    Apache5HttpClient.Builder client =
        Apache5HttpClient.builder()
            .maxConnections(settings.concurrency())
            .connectionTimeout(settings.connectTimeout())
            .socketTimeout(settings.firstByteTimeout());
    if (proxy != null) {
      client.proxyConfiguration(
          software.amazon.awssdk.http.apache5.ProxyConfiguration.builder().endpoint(proxy).build());
    }
    if (trusted != null) {
      client.tlsTrustManagersProvider(() -> trusted);
    }
    return client;
  }

  NettyNioAsyncHttpClient.Builder streaming(SdkEventLoopGroup loops) {
    NettyNioAsyncHttpClient.Builder client =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(loops)
            .maxConcurrency(settings.concurrency())
            .connectionTimeout(settings.connectTimeout())
            .readTimeout(longer(settings.firstByteTimeout(), settings.idleTimeout()));
    if (proxy != null) {
      client.proxyConfiguration(
          ProxyConfiguration.builder()
              .scheme(proxy.getScheme())
              .host(proxy.getHost())
              .port(proxy.getPort() < 0 ? 80 : proxy.getPort())
              .build());
    }
    if (trusted != null) {
      client.tlsTrustManagersProvider(() -> trusted);
    }
    return client;
  }

  /** HTTP/2 alone. How long both may be silent the dialogue itself knows. */
  NettyNioAsyncHttpClient.Builder talking(SdkEventLoopGroup loops) {
    return streaming(loops).protocol(Protocol.HTTP2).readTimeout(settings.callTimeout());
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
