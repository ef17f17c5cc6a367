package dev.outcrop.models.upstream;

import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.wire.ClientGoneException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** One call: its tries, one after the other. */
final class Call<T> {

  /** The wait before the second try is up to this, before the third up to twice that, and so on. */
  private static final long FIRST_WAIT = 200_000_000L;

  private static final ContentType JSON = ContentType.create("application/json");

  private final Routes routes;
  private final ProviderSettings settings;
  private final CloseableHttpClient client;
  private final Protocol protocol;
  private final UpstreamRequest request;
  private final Attempt<T> attempt;
  private final Slots.Place place;
  private final long end;
  private Set<Route> tried = Collections.emptySet();
  private int retries;

  Call(
      Routes routes,
      ProviderSettings settings,
      CloseableHttpClient client,
      Protocol protocol,
      UpstreamRequest request,
      Attempt<T> attempt,
      Slots.Place place) {
    this.routes = routes;
    this.settings = settings;
    this.client = client;
    this.protocol = protocol;
    this.request = request;
    this.attempt = attempt;
    this.place = place;
    this.end = System.nanoTime() + settings.callTimeout().toNanos();
  }

  T run() {
    Failure last = null;
    while (true) {
      Route route = routes.choose(request.model(), tried);
      if (route == null) {
        last = waitForRoute(last);
        continue;
      }
      try {
        return once(route);
      } catch (Failure failure) {
        last = failure;
        after(route, failure);
      }
    }
  }

  /** Waits until a key may be used again, or gives up. */
  private Failure waitForRoute(Failure last) {
    long soonest = routes.soonest(request.model());
    Failure failure =
        last != null
            ? last
            : soonest >= 0
                ? new Failure(
                    Kind.THROTTLED,
                    0,
                    "it asked to wait another %d ms".formatted(soonest / 1_000_000 + 1))
                : new Failure(Kind.UNAVAILABLE, 0, "its endpoints failed too often just now");
    if (soonest < 0 || !again(soonest)) {
      throw failure;
    }
    return failure;
  }

  /** Returns when another try makes sense. */
  private void after(Route route, Failure failure) {
    routes.blame(route, request.model(), failure);
    tried = tried.isEmpty() ? new HashSet<>() : tried;
    tried.add(route);
    boolean again =
        switch (failure.kind()) {
          case INVALID, FORBIDDEN, NOT_FOUND -> failure.status() == 425 && again(0);
          case UNAUTHORIZED, EXHAUSTED -> routes.hasFresh(request.model(), tried, null);
          case THROTTLED ->
              routes.hasFresh(request.model(), tried, null) || again(failure.waitNanos());
          case TIMEOUT, UNAVAILABLE, BROKEN ->
              routes.hasFresh(request.model(), tried, route.endpoint())
                  ? retries++ < settings.retries()
                  : again(failure.waitNanos());
        };
    if (!again) {
      throw failure;
    }
  }

  /** Waits before another try; false when there is to be none. */
  private boolean again(long asked) {
    long longest = settings.longestWait().toNanos();
    long backoff = Math.min(longest, FIRST_WAIT << Math.min(retries, 20));
    long jitter = ThreadLocalRandom.current().nextLong(backoff + 1);
    // The jitter on top of what is asked for keeps those who were told the same time apart.
    long wait = asked > 0 ? asked + jitter / 4 + 1_000_000 : jitter;
    if (retries >= settings.retries() || asked > longest || System.nanoTime() + wait - end >= 0) {
      return false;
    }
    retries++;
    try {
      TimeUnit.NANOSECONDS.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    }
  }

  /** One try, told to the endpoint's circuit breaker, whose permission it has. */
  private T once(Route route) {
    CircuitBreaker breaker = route.endpoint().breaker();
    long start = System.nanoTime();
    boolean told = false;
    try {
      T result = send(route);
      breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      told = true;
      return result;
    } catch (Failure failure) {
      told = true;
      if (failure.endpointFault()) {
        breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, failure);
      } else {
        breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      }
      throw failure;
    } finally {
      if (!told) {
        breaker.releasePermission();
      }
    }
  }

  private T send(Route route) {
    HttpUriRequestBase http = http(route);
    Exchange exchange =
        new Exchange(
            http, settings.firstByteTimeout().toNanos(), settings.idleTimeout().toNanos(), end);
    Watch.SHARED.add(exchange);
    UpstreamResponse response = null;
    boolean kept = false;
    try {
      response =
          new UpstreamResponse(client.executeOpen(route.endpoint().target(), http, null), exchange);
      if (response.status() / 100 != 2) {
        throw ErrorAnswer.failure(protocol, route.endpoint().name(), response);
      }
      T result = attempt.read(response);
      response.keep(place, failure -> broke(route, failure));
      kept = true;
      return result;
    } catch (IOException e) {
      throw exchange.failure(e);
    } finally {
      if (!kept) {
        Watch.SHARED.remove(exchange);
        if (response != null) {
          response.close();
        } else {
          exchange.abort();
        }
      }
    }
  }

  private static void broke(Route route, Failure failure) {
    route.endpoint().breaker().onError(0, TimeUnit.NANOSECONDS, failure);
  }

  private HttpUriRequestBase http(Route route) {
    HttpUriRequestBase http =
        new HttpUriRequestBase(request.method(), route.endpoint().address(request.path()));
    if (request.body() != null) {
      http.setEntity(new ByteArrayEntity(request.body(), contentType(request.contentType())));
    }
    if (!request.streams()) {
      // Compression may hold back what is streamed.
      http.setHeader("Accept-Encoding", "gzip");
    }
    request.headers().forEach(http::setHeader);
    if (route.key() != null) {
      http.setHeader(protocol.keyHeader(), protocol.keyValue(route.key().reveal()));
    }
    route
        .endpoint()
        .settings()
        .headers()
        .forEach((name, value) -> http.setHeader(name, value.reveal()));
    return http;
  }

  private static ContentType contentType(String type) {
    return type.equals("application/json") ? JSON : ContentType.parseLenient(type);
  }
}
