package dev.outcrop.models.bedrock;

import dev.outcrop.wire.EventSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;

/**
 * What a client says in a dialogue, read from it as far as the SDK asks. An attempt that the SDK
 * makes again finds it unread, or fails: what Bedrock was told once can't be read again.
 *
 * <p>Nothing is read until Bedrock has answered, or for a moment when it first wants to hear
 * something: with the first reading the client's response begins, and an error has no status any
 * more.
 */
final class Listening implements Publisher<InvokeModelWithBidirectionalStreamInput>, AutoCloseable {

  private static final long MOMENT_MILLIS = 1000;

  private final EventSource<InvokeModelWithBidirectionalStreamInput> client;
  private final Runnable heard;
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile Consumer<Throwable> failure = _ -> {};
  private Ear current;
  private volatile boolean ended;
  private boolean read;
  private boolean closed;

  /**
   * @param heard told of every event
   */
  Listening(EventSource<InvokeModelWithBidirectionalStreamInput> client, Runnable heard) {
    this.client = client;
    this.heard = heard;
  }

  /** Bedrock has begun to answer. */
  void answered() {
    answered.countDown();
  }

  /** Whether the client has said all it wanted to. */
  boolean ended() {
    return ended;
  }

  /** Who is told that the client can't be heard any more. */
  void onFailure(Consumer<Throwable> told) {
    failure = told;
  }

  @Override
  public synchronized void subscribe(
      Subscriber<? super InvokeModelWithBidirectionalStreamInput> bedrock) {
    Ear ear = new Ear(bedrock);
    bedrock.onSubscribe(ear);
    if (read || closed) {
      bedrock.onError(NonRetryableException.create("what the client said was read already"));
      return;
    }
    current = ear;
    ear.thread.start();
  }

  /** Whether an attempt may read from now on. */
  private synchronized boolean mine(Ear ear) {
    read |= current == ear && !closed;
    return current == ear && !closed;
  }

  /** Reads no more; when this returns nobody does. */
  @Override
  public void close() {
    Ear last;
    synchronized (this) {
      closed = true;
      last = current;
    }
    if (last != null) {
      last.stop();
    }
  }

  /** One attempt. */
  private final class Ear implements Subscription {
    private final Subscriber<? super InvokeModelWithBidirectionalStreamInput> bedrock;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("dialogue").unstarted(this::listen);

    Ear(Subscriber<? super InvokeModelWithBidirectionalStreamInput> bedrock) {
      this.bedrock = bedrock;
    }

    private void listen() {
      try {
        wanted.acquire();
        answered.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        while (mine(this)) {
          InvokeModelWithBidirectionalStreamInput event = client.next();
          heard.run();
          if (event == null) {
            ended = true; // before Bedrock can know, and so before it can end the dialogue for it
            bedrock.onComplete();
            return;
          }
          bedrock.onNext(event);
          wanted.acquire();
        }
      } catch (InterruptedException e) {
        // Nobody wants to hear more.
      } catch (RuntimeException e) {
        if (mine(this)) {
          failure.accept(e);
          bedrock.onError(e);
        }
      }
    }

    @Override
    public void request(long n) {
      wanted.release((int) Math.min(n, Integer.MAX_VALUE - wanted.availablePermits()));
    }

    @Override
    public void cancel() {
      thread.interrupt();
    }

    private void stop() {
      boolean interrupted = Thread.interrupted();
      thread.interrupt();
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
