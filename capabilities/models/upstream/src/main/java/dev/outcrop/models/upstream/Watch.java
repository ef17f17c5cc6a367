package dev.outcrop.models.upstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks over all exchanges a few times a second. Costs a call no more than an entry in a map: one
 * timer for each, set anew with each piece of a stream, would cost more than reading the piece.
 */
final class Watch {

  static final Watch SHARED = new Watch();

  /** How late it may be noticed. */
  private static final long PERIOD = 25_000_000L;

  /** After so many rounds with nothing to watch it sleeps. */
  private static final int IDLE_ROUNDS = 400;

  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean asleep;

  private Watch() {
    thread = Thread.ofPlatform().name("upstream-watch").daemon().start(this::run);
  }

  void add(Exchange exchange) {
    open.add(exchange);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  void remove(Exchange exchange) {
    open.remove(exchange);
  }

  private void run() {
    int idle = 0;
    while (true) {
      if (idle < IDLE_ROUNDS) {
        LockSupport.parkNanos(PERIOD);
      } else {
        sleep();
      }
      idle = open.isEmpty() ? idle + 1 : 0;
      long now = System.nanoTime();
      open.forEach(exchange -> exchange.check(now));
    }
  }

  private void sleep() {
    asleep = true;
    while (open.isEmpty()) {
      LockSupport.park();
    }
    asleep = false;
  }
}
