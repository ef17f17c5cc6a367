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
  /** For handlers to say that the server stops. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

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

  /**
   * Waits until all exchanges are complete; those that are not within the limit have a moment to
   * end with an error, then they are broken off.
   */
  void finish(Duration limit) {
    stopping = true;
    await(limit);
    exchanges.forEach(JettyExchange::stop);
    await(LAST_WORDS);
    exchanges.forEach(JettyExchange::abort);
  }

  private void await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!exchanges.isEmpty() && System.nanoTime() < end && !Thread.interrupted()) {
      LockSupport.parkNanos(5_000_000);
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
