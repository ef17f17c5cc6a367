package dev.outcrop.models.bedrock;

import dev.outcrop.wire.ClientGoneException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * An answer's events, handed from the SDK's threads to the one that serves the call. No more are
 * asked for than a client has taken, so a slow one slows Bedrock down instead of filling memory.
 *
 * <p>An attempt that the SDK makes again subscribes anew, and what an earlier one still says is
 * dropped. After the first event nothing is tried again: what the client has can't be taken back.
 */
final class Stream<T> {

  /** How many events may be on their way; few enough to be nothing, enough not to wait for each. */
  private static final int AHEAD = 16;

  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final Remote remote;
  private volatile boolean begun;
  private volatile long alive = System.nanoTime();
  private volatile Events current;

  /** The call is over, with its failure or null. */
  private record End(Throwable failure) {}

  Stream(Remote remote) {
    this.remote = remote;
  }

  /** In a dialogue it is the client's turn: while it speaks, silence is no failure. */
  void alive() {
    alive = System.nanoTime();
  }

  /** Takes the events of an attempt. */
  void attach(SdkPublisher<T> publisher) {
    publisher.subscribe(new Events());
  }

  /** An attempt failed. */
  void failed(Throwable failure) {
    if (begun) {
      arrived.add(new End(failure));
    }
  }

  private final class Events implements Subscriber<T> {
    private Subscription subscription;

    @Override
    public void onSubscribe(Subscription s) {
      subscription = s;
      current = this;
      s.request(AHEAD);
    }

    @Override
    public void onNext(T event) {
      if (current == this) {
        begun = true;
        arrived.add(event);
      }
    }

    @Override
    public void onError(Throwable t) {
      // The call's future tells it, after the last try.
    }

    @Override
    public void onComplete() {
      // The call's future tells it.
    }
  }

  /**
   * Passes every event on.
   *
   * @param call the call; cancelled when nobody listens any more
   */
  @SuppressWarnings("unchecked")
  void pass(CompletableFuture<Void> call, Consumer<T> sink) {
    call.whenComplete((_, failure) -> arrived.add(new End(failure)));
    try {
      Object next = next(false);
      while (!(next instanceof End)) {
        sink.accept((T) next);
        current.subscription.request(1);
        next = next(true);
      }
      Throwable failure = ((End) next).failure();
      if (failure != null) {
        throw begun ? remote.errors().after(failure) : remote.errors().before(failure);
      }
    } finally {
      call.cancel(true); // changes nothing once it is over
    }
  }

  private Object next(boolean already) {
    long patience = remote.patience(already).toNanos();
    alive();
    try {
      Object next = null;
      for (long left = patience; next == null; left = patience - (System.nanoTime() - alive)) {
        if (left <= 0) {
          throw remote.errors().timeout(null);
        }
        next = arrived.poll(left, TimeUnit.NANOSECONDS);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    }
  }
}
