package dev.outcrop.models.anthropic;

import dev.outcrop.wire.HttpExchange;

/** Interrupts the thread that serves a request when its client leaves, and never later. */
final class Leaving implements AutoCloseable {

  private final Thread thread = Thread.currentThread();
  private boolean serving = true;
  private boolean left;

  Leaving(HttpExchange exchange) {
    exchange.onClientGone(this::leave);
  }

  private synchronized void leave() {
    if (serving) {
      left = true;
      thread.interrupt();
    }
  }

  synchronized boolean left() {
    return left;
  }

  /** The thread may go on to other requests, so its interrupt is taken back. */
  @Override
  public synchronized void close() {
    serving = false;
    if (left) {
      Thread.interrupted();
    }
  }
}
