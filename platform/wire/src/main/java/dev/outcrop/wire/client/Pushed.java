package dev.outcrop.wire.client;

import dev.outcrop.wire.ClientGoneException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * A publisher fed by blocking code: {@link #send} waits until the subscriber has asked for one
 * more.
 *
 * <p>The feeding thread calls {@code onNext}; Reactive Streams asks that signals do not overlap,
 * and one feeding thread cannot overlap with itself. {@code onSubscribe} is signalled by the
 * subscribing thread before the lock lets the feeder see a subscriber.
 */
final class Pushed<T> implements SdkPublisher<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread feeder;
  private Subscriber<? super T> subscriber;
  private boolean taken;
  private long demand;
  private boolean cancelled;
  private Throwable misuse;

  /** A publisher that the given thread feeds; it is interrupted when the subscriber cancels. */
  Pushed(Thread feeder) {
    this.feeder = feeder;
  }

  @Override
  public void subscribe(Subscriber<? super T> wanting) {
    lock.lock();
    try {
      if (taken) {
        wanting.onSubscribe(new Ask());
        wanting.onError(new IllegalStateException("the stream can be subscribed to once"));
        return;
      }
      taken = true;
    } finally {
      lock.unlock();
    }
    wanting.onSubscribe(new Ask());
    lock.lock();
    try {
      subscriber = wanting;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Ask implements Subscription {
    @Override
    public void request(long count) {
      change(
          () -> {
            if (count <= 0) {
              misuse = new IllegalArgumentException("request(" + count + "): must be positive");
            } else {
              demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            }
          });
    }

    @Override
    public void cancel() {
      change(() -> cancelled = true);
      // The work may be waiting for something other than demand. Its own thread needs no telling.
      if (Thread.currentThread() != feeder) {
        feeder.interrupt();
      }
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands one element over, waiting for a subscriber and its demand.
   *
   * @throws ClientGoneException when the subscriber has cancelled
   */
  void send(T element) throws InterruptedException {
    Subscriber<? super T> to = await(true);
    to.onNext(element);
  }

  /** Ends the stream. */
  void complete() throws InterruptedException {
    await(false).onComplete();
  }

  /** Ends the stream with an error; one that nobody subscribed to has nobody to tell. */
  void fail(Throwable error) {
    Subscriber<? super T> to;
    lock.lock();
    try {
      to = cancelled ? null : subscriber;
    } finally {
      lock.unlock();
    }
    if (to != null) {
      to.onError(error);
    }
  }

  private Subscriber<? super T> await(boolean forDemand) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (subscriber == null || forDemand && demand == 0) {
        check();
        changed.await();
      }
      check();
      demand -= forDemand && demand != Long.MAX_VALUE ? 1 : 0;
      return subscriber;
    } finally {
      lock.unlock();
    }
  }

  private void check() {
    if (cancelled) {
      throw new ClientGoneException(new CancellationException("the subscriber cancelled"));
    }
    if (misuse != null) {
      throw new IllegalStateException(misuse);
    }
  }
}
