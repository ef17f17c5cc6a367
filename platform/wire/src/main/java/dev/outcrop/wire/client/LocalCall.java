package dev.outcrop.wire.client;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.Implementation;
import dev.outcrop.wire.Invocation;
import dev.outcrop.wire.RequestContext;
import software.amazon.awssdk.core.SdkRequest;

/** One call in this process, made for the request that its caller is serving. */
final class LocalCall {
  private final Operation operation;
  private final Invocation invocation;
  private final RequestContext context;

  LocalCall(Operation operation, Invocation invocation, RequestContext caller) {
    this.operation = operation;
    this.invocation = invocation;
    this.context = caller.forOperation(Invocation.newRequestId(), operation);
  }

  Operation operation() {
    return operation;
  }

  /**
   * Calls the capability.
   *
   * @throws RuntimeException what a real client would throw
   */
  Object invoke(SdkRequest request, Object in, Object out) {
    try {
      Implementation implementation = invocation.find(operation);
      invocation.validate(operation, request);
      return context.call(() -> implementation.call(request, in, out));
    } catch (Exception e) {
      throw LocalErrors.of(e, operation, context.requestId());
    }
  }
}
