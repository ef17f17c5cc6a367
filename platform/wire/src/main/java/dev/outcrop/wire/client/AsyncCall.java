package dev.outcrop.wire.client;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.Invocation;
import dev.outcrop.wire.RequestContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/** An operation of an asynchronous client, each call on a virtual thread of its own. */
final class AsyncCall {
  private final Operation operation;
  private final Invocation invocation;

  private AsyncCall(Operation operation, Invocation invocation) {
    this.operation = operation;
    this.invocation = invocation;
  }

  /** The call behind a method of these parameters; null if its default method makes do. */
  static AsyncCall of(Operation operation, Class<?>[] parameters, Invocation invocation) {
    List<Class<?>> streams = List.of(parameters).subList(1, parameters.length);
    boolean whole =
        switch (operation.streaming()) {
          case NONE -> streams.isEmpty();
          case BLOB_IN -> streams.equals(List.of(AsyncRequestBody.class));
          case BLOB_OUT -> streams.equals(List.of(AsyncResponseTransformer.class));
          case BLOB_BOTH ->
              streams.equals(List.of(AsyncRequestBody.class, AsyncResponseTransformer.class));
          case EVENTS_IN -> streams.size() == 1 && isPublisher(streams.getFirst());
          case EVENTS_OUT -> streams.size() == 1 && isHandler(streams.getFirst());
          case EVENTS_BOTH ->
              streams.size() == 2 && isPublisher(streams.getFirst()) && isHandler(streams.get(1));
        };
    return whole ? new AsyncCall(operation, invocation) : null;
  }

  private static boolean isPublisher(Class<?> type) {
    return type == Publisher.class;
  }

  private static boolean isHandler(Class<?> type) {
    return EventStreamResponseHandler.class.isAssignableFrom(type);
  }

  CompletableFuture<?> start(Object[] arguments) {
    LocalCall call = new LocalCall(operation, invocation, RequestContext.current());
    SdkRequest request = (SdkRequest) arguments[0];
    return switch (operation.streaming()) {
      case NONE -> Task.run(() -> call.invoke(request, null, null));
      case BLOB_IN -> Task.run(() -> upload(call, request, (AsyncRequestBody) arguments[1]));
      case BLOB_OUT -> new Download(arguments[1]).run(() -> call.invoke(request, null, null));
      case BLOB_BOTH ->
          new Download(arguments[2])
              .run(() -> upload(call, request, (AsyncRequestBody) arguments[1]));
      case EVENTS_IN -> Task.run(() -> withEvents(call, request, arguments[1], null));
      case EVENTS_OUT ->
          new EventCall(call, arguments[1]).run(sink -> call.invoke(request, null, sink));
      case EVENTS_BOTH ->
          new EventCall(call, arguments[2])
              .run(sink -> withEvents(call, request, arguments[1], sink));
    };
  }

  private static Object upload(LocalCall call, SdkRequest request, AsyncRequestBody body) {
    SdkRequest described =
        Uploads.describe(request, body.contentLength().orElse(null), body.contentType());
    try (PulledBytes in = new PulledBytes(body)) {
      return call.invoke(described, in, null);
    }
  }

  private static Object withEvents(
      LocalCall call, SdkRequest request, Object publisher, Object sink) {
    try (Pulled<?> events = new Pulled<>((Publisher<?>) publisher)) {
      return call.invoke(request, events, sink);
    }
  }
}
