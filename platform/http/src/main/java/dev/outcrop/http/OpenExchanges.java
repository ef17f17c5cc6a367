package dev.outcrop.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * What is going on now: requests being handled and connections behind them. A slow clock watches
 * both, so that a request that is answered at once pays nothing for being watched: only one that
 * outlives a tick has its connection observed for the client's leaving.
 */
final class OpenExchanges extends AbstractLifeCycle {
  private static final Duration TICK = Duration.ofMillis(100);

  private final Set<JettyExchange> exchanges = ConcurrentHashMap.newKeySet();
  private final Set<ClientEndPoint> endPoints = ConcurrentHashMap.newKeySet();
  private final long headersWithinNanos;
  private volatile boolean stopping;
  private volatile Thread clock;

  OpenExchanges(HttpLimits limits) {
    headersWithinNanos = limits.headersWithin().toNanos();
  }

  void add(JettyExchange exchange) {
    exchanges.add(exchange);
  }

  void remove(JettyExchange exchange) {
    exchanges.remove(exchange);
  }

  void add(ClientEndPoint endPoint) {
    endPoints.add(endPoint);
  }

  void remove(ClientEndPoint endPoint) {
    endPoints.remove(endPoint);
  }

  boolean stopping() {
    return stopping;
  }

  /** Waits until all exchanges are complete; after the limit breaks off those that are not. */
  void finish(Duration limit) {
    stopping = true;
    long end = System.nanoTime() + limit.toNanos();
    while (!exchanges.isEmpty() && System.nanoTime() < end && !Thread.interrupted()) {
      LockSupport.parkNanos(5_000_000);
    }
    for (JettyExchange exchange : exchanges) {
      exchange.clientGone();
      exchange.abort();
    }
  }

  @Override
  protected void doStart() {
    // A platform thread: virtual threads busy with computing must not hide that a client has left.
    clock = Thread.ofPlatform().name("http-clock").daemon().start(this::run);
  }

  @Override
  protected void doStop() {
    clock.interrupt();
  }

  private void run() {
    while (!Thread.interrupted()) {
      exchanges.forEach(JettyExchange::tick);
      long now = System.nanoTime();
      for (ClientEndPoint endPoint : endPoints) {
        endPoint.closeIfSlow(now, headersWithinNanos);
      }
      LockSupport.parkNanos(TICK.toNanos());
    }
  }
}
