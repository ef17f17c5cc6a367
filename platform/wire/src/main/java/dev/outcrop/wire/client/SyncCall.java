package dev.outcrop.wire.client;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.Invocation;
import dev.outcrop.wire.RequestContext;
import java.io.InputStream;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;

/** An operation of a synchronous client. */
final class SyncCall {
  private final Operation operation;
  private final Invocation invocation;

  private SyncCall(Operation operation, Invocation invocation) {
    this.operation = operation;
    this.invocation = invocation;
  }

  /** The call behind a method of these parameters; null if its default method makes do. */
  static SyncCall of(Operation operation, Class<?>[] parameters, Invocation invocation) {
    List<Class<?>> streams = List.of(parameters).subList(1, parameters.length);
    boolean whole =
        switch (operation.streaming()) {
          case NONE -> streams.isEmpty();
          case BLOB_IN -> streams.equals(List.of(RequestBody.class));
          case BLOB_OUT -> streams.equals(List.of(ResponseTransformer.class));
          case BLOB_BOTH -> streams.equals(List.of(RequestBody.class, ResponseTransformer.class));
          case EVENTS_IN, EVENTS_OUT, EVENTS_BOTH -> false;
        };
    return whole ? new SyncCall(operation, invocation) : null;
  }

  Object call(Object[] arguments) throws Exception {
    LocalCall call = new LocalCall(operation, invocation, RequestContext.current());
    SdkRequest request = (SdkRequest) arguments[0];
    return switch (operation.streaming()) {
      case BLOB_IN -> upload(call, request, (RequestBody) arguments[1]);
      case BLOB_OUT -> transform(call.invoke(request, null, null), arguments[1]);
      case BLOB_BOTH -> transform(upload(call, request, (RequestBody) arguments[1]), arguments[2]);
      default -> call.invoke(request, null, null);
    };
  }

  private static Object upload(LocalCall call, SdkRequest request, RequestBody body)
      throws Exception {
    SdkRequest described =
        Uploads.describe(request, body.optionalContentLength().orElse(null), body.contentType());
    try (InputStream in = body.contentStreamProvider().newStream()) {
      return call.invoke(described, in, null);
    }
  }

  @SuppressWarnings("unchecked")
  private static Object transform(Object answered, Object transformer) throws Exception {
    var stream = (ResponseInputStream<SdkResponse>) answered;
    var transform = (ResponseTransformer<SdkResponse, Object>) transformer;
    boolean closes = !transform.needsConnectionLeftOpen();
    try {
      return transform.transform(
          stream.response(), AbortableInputStream.create(stream, stream::abort));
    } finally {
      if (closes) {
        stream.close();
      }
    }
  }
}
