package dev.outcrop.wire.client;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A publisher read by blocking code, one element asked for at a time. */
final class Pulled<T> implements EventSource<T>, Subscriber<T>, AutoCloseable {
  // One element asked for, and the end, which needs no asking.
  private final BlockingQueue<Object> arrived = new ArrayBlockingQueue<>(4);
  private final Publisher<T> publisher;
  private volatile Subscription subscription;
  private boolean started;
  private boolean ended;

  private enum Signal {
    SUBSCRIBED,
    END
  }

  private record Failed(Throwable cause) {}

  Pulled(Publisher<T> publisher) {
    this.publisher = publisher;
  }

  @Override
  @SuppressWarnings("unchecked")
  public T next() {
    if (ended) {
      return null;
    }
    try {
      start();
      subscription.request(1);
      Object taken = arrived.take();
      if (taken == Signal.END) {
        ended = true;
        return null;
      }
      if (taken instanceof Failed failed) {
        ended = true;
        throw new ClientGoneException(failed.cause());
      }
      return (T) taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    }
  }

  private void start() throws InterruptedException {
    if (!started) {
      started = true;
      publisher.subscribe(this);
      Object first = arrived.take();
      if (first != Signal.SUBSCRIBED) {
        throw new IllegalStateException("the publisher signalled before onSubscribe");
      }
    }
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    arrived.add(Signal.SUBSCRIBED);
  }

  @Override
  public void onNext(T element) {
    arrived.add(element);
  }

  @Override
  public void onError(Throwable cause) {
    arrived.add(new Failed(cause));
  }

  @Override
  public void onComplete() {
    arrived.add(Signal.END);
  }

  /** Tells the publisher that no more is wanted. */
  @Override
  public void close() {
    if (subscription != null && !ended) {
      subscription.cancel();
    }
  }
}
