package dev.outcrop.models.compatible;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.wire.CallerTrace;
import dev.outcrop.wire.ClaimedKey;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.Interceptor;
import dev.outcrop.wire.Invocation;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.RequestContext;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Lets requests in as the dispatcher of AWS requests does: each is, to the interceptors, the
 * operation of Bedrock's that it amounts to.
 */
record Door(List<Interceptor> interceptors) {

  private static final int FORBIDDEN = 403;

  Door {
    interceptors = List.copyOf(interceptors);
  }

  /**
   * Who asks.
   *
   * @param requestClass of the operation that the request amounts to, as far as that is known yet
   * @throws ApiException with status 401 when nobody known does
   */
  RequestContext admit(
      HttpExchange exchange,
      String requestId,
      byte[] sent,
      Class<? extends SdkRequest> requestClass) {
    RequestContext nobody = RequestContext.current();
    RequestContext context =
        new RequestContext(
            requestId,
            nobody.account(),
            nobody.region(),
            nobody.caller(),
            ClaimedKey.of(exchange),
            operation(requestClass),
            CallerTrace.of(exchange));
    try {
      for (Interceptor interceptor : interceptors) {
        context = interceptor.admit(exchange, sent, context);
      }
    } catch (RefusedException e) {
      throw e.status() == FORBIDDEN ? new ApiException(ApiError.unauthorized(e.getMessage())) : e;
    }
    return context;
  }

  private static Operation operation(Class<? extends SdkRequest> requestClass) {
    return OperationIndex.get().byRequestClass(requestClass);
  }

  /** Does the work of a request by the operation that it amounts to, on behalf of who asked. */
  @SuppressWarnings("unchecked")
  <T> T around(RequestContext context, SdkRequest request, Work<T> work) throws Exception {
    Operation operation = operation(request.getClass());
    RequestContext own = context.forOperation(context.requestId(), operation);
    return (T) own.call(() -> around(0, request, work::result));
  }

  private Object around(int next, SdkRequest request, Interceptor.Call work) throws Exception {
    return next == interceptors.size()
        ? work.proceed()
        : interceptors.get(next).around(request, () -> around(next + 1, request, work));
  }

  static String newRequestId() {
    return Invocation.newRequestId();
  }

  /** What is done inside. */
  @FunctionalInterface
  interface Work<T> {
    T result() throws Exception;
  }
}
