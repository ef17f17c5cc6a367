package dev.outcrop.wire.client;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Shape;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.SdkResponse;

/** A call whose response is an event stream, given to the SDK's response handler. */
final class EventCall implements EventSink<Object> {
  private final LocalCall call;
  private final EventStreamResponseHandler<Object, Object> handler;
  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private Pushed<Object> events;

  @SuppressWarnings("unchecked")
  EventCall(LocalCall call, Object handler) {
    this.call = call;
    this.handler = (EventStreamResponseHandler<Object, Object>) handler;
  }

  /** The capability's part. */
  interface Work {
    Object with(EventSink<Object> sink);
  }

  CompletableFuture<Void> run(Work work) {
    Thread thread = Thread.ofVirtual().unstarted(() -> serve(work));
    Task.interruptWhenCancelled(future, thread);
    thread.start();
    return future;
  }

  private void serve(Work work) {
    try {
      work.with(this);
      open(null);
      events.complete();
      handler.complete();
      future.complete(null);
    } catch (ClientGoneException e) {
      future.cancel(false);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    try {
      handler.exceptionOccurred(e);
      if (events != null) {
        events.fail(e);
      }
    } finally {
      future.completeExceptionally(e);
    }
  }

  @Override
  public void respond(SdkResponse initial) {
    if (events != null) {
      throw new IllegalStateException("the response has begun");
    }
    open(initial);
  }

  @Override
  public void send(Object event) {
    open(null);
    try {
      events.send(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    }
  }

  private void open(SdkResponse initial) {
    if (events == null) {
      events = new Pushed<>(Thread.currentThread());
      handler.responseReceived(initial == null ? emptyResponse() : initial);
      handler.onEventStream(events);
    }
  }

  private Object emptyResponse() {
    return Shape.build(Builders.of(call.operation().responseClass()).get());
  }
}
