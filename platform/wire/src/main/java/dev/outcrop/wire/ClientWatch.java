package dev.outcrop.wire;

/**
 * Interrupts the thread that serves a request when its client leaves, and never later. A handler
 * makes one before the work and ends it after.
 */
public final class ClientWatch {
  private final Thread thread = Thread.currentThread();
  private boolean serving = true;
  private boolean interrupted;

  private ClientWatch() {}

  /** Watches the client of an exchange that this thread serves. */
  public static ClientWatch of(HttpExchange exchange) {
    ClientWatch watch = new ClientWatch();
    exchange.onClientGone(watch::leave);
    return watch;
  }

  private synchronized void leave() {
    if (serving) {
      interrupted = true;
      thread.interrupt();
    }
  }

  /** Whether the client left while it was served. */
  public synchronized boolean left() {
    return interrupted;
  }

  /** The request is served. The thread may go on to others, so its interrupt is taken back. */
  public synchronized void end() {
    serving = false;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
