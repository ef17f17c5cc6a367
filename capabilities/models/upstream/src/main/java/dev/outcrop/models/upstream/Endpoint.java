package dev.outcrop.models.upstream;

import dev.outcrop.models.upstream.ProviderSettings.BreakerSettings;
import dev.outcrop.models.upstream.ProviderSettings.EndpointSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.HttpHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address of a provider with its circuit breaker. */
final class Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  /** Begins paths beside the last step of the address: {@code /tokenize} beside {@code /v1}. */
  private static final String ABOVE = "/../";

  private final String name;
  private final EndpointSettings settings;
  private final CircuitBreaker breaker;
  private final HttpHost target;
  private final Map<String, URI> addresses = new ConcurrentHashMap<>();

  Endpoint(String provider, String name, EndpointSettings settings, BreakerSettings breaker) {
    this.name = name;
    this.settings = settings;
    String where = "providers." + provider + ".endpoints." + name;
    URI url = settings.url();
    check(where, url);
    this.target = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    this.breaker = CircuitBreaker.of(where, config(breaker));
    this.breaker
        .getEventPublisher()
        .onStateTransition(
            event -> LOG.warn("{}: circuit {}", where, event.getStateTransition().getToState()));
  }

  private static CircuitBreakerConfig config(BreakerSettings settings) {
    return CircuitBreakerConfig.custom()
        .failureRateThreshold(settings.failures())
        .slidingWindowSize(settings.calls())
        .minimumNumberOfCalls(Math.min(settings.least(), settings.calls()))
        .waitDurationInOpenState(settings.pause())
        .permittedNumberOfCallsInHalfOpenState(settings.trials())
        .writableStackTraceEnabled(false)
        .build();
  }

  private static void check(String where, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          where + ".url must be an address such as https://host/v1, not '" + url + "'");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          where + ".url must have no user or password in it; give keys or headers instead");
    }
  }

  String name() {
    return name;
  }

  EndpointSettings settings() {
    return settings;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  HttpHost target() {
    return target;
  }

  /** The address of a path of the API; there are few paths, so they are kept. */
  URI address(String path) {
    return addresses.computeIfAbsent(path, this::join);
  }

  private URI join(String path) {
    URI url = settings.url();
    String base = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    if (path.startsWith(ABOVE)) {
      base = base.substring(0, Math.max(0, base.lastIndexOf('/')));
    }
    String rest = path.startsWith(ABOVE) ? path.substring(ABOVE.length() - 1) : path;
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + base + rest + query);
  }
}
