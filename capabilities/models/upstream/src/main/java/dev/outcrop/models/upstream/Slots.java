package dev.outcrop.models.upstream;

import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.wire.ClientGoneException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** So many calls at once, so many waiting, and those for so long. */
final class Slots {

  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int concurrency;
  private final int queue;
  private final Duration patience;
  private volatile boolean closed;

  Slots(int concurrency, int queue, Duration patience) {
    this.concurrency = concurrency;
    this.free = new Semaphore(concurrency, true);
    this.queue = queue;
    this.patience = patience;
  }

  /** Lets nobody in any more. */
  void close() {
    closed = true;
  }

  /** Waits until all have left. */
  void awaitEmpty(Duration most) throws InterruptedException {
    if (free.tryAcquire(concurrency, most.toNanos(), TimeUnit.NANOSECONDS)) {
      free.release(concurrency);
    }
  }

  /** Whether somebody is in. */
  boolean busy() {
    return free.availablePermits() < concurrency;
  }

  /** A call's place; to be left once, further times do nothing. */
  final class Place {
    private final AtomicBoolean left = new AtomicBoolean();

    void leave() {
      if (left.compareAndSet(false, true)) {
        free.release();
      }
    }
  }

  /**
   * Takes a place, waiting for it if need be.
   *
   * @throws Failure THROTTLED when too many wait already or it takes too long; UNAVAILABLE after
   *     closing
   */
  Place enter() {
    if (closed) {
      throw new Failure(Kind.UNAVAILABLE, 0, "its configuration was changed just now");
    }
    if (waiting.get() == 0 && free.tryAcquire()) {
      return new Place();
    }
    boolean full = waiting.incrementAndGet() > queue;
    try {
      if (!free.tryAcquire(full ? 0 : patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Failure(
            Kind.THROTTLED,
            0,
            full
                ? "please wait before trying again"
                : "the call waited " + patience.toMillis() + " ms for its turn");
      }
      return new Place();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    } finally {
      waiting.decrementAndGet();
    }
  }
}
