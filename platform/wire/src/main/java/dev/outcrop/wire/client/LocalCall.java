package dev.outcrop.wire.client;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.Implementation;
import dev.outcrop.wire.Invocation;
import dev.outcrop.wire.RequestContext;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.util.AwsHeader;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;

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
      return answered(context.call(() -> implementation.call(request, in, out)));
    } catch (Exception e) {
      throw LocalErrors.of(e, operation, context.requestId());
    }
  }

  // Waiters look at the HTTP status, and callers log the request id.
  private Object answered(Object response) {
    return switch (response) {
      case AwsResponse plain -> described(plain);
      case ResponseInputStream<?> stream when stream.response() instanceof AwsResponse head ->
          new ResponseInputStream<>(
              described(head), AbortableInputStream.create(stream, stream::abort));
      case null, default -> response;
    };
  }

  private AwsResponse described(AwsResponse response) {
    int status = operation.status() == 0 ? 200 : operation.status();
    Map<String, String> metadata = Map.of(AwsHeader.AWS_REQUEST_ID, context.requestId());
    AwsResponse.Builder builder = response.toBuilder();
    builder.responseMetadata(DefaultAwsResponseMetadata.create(metadata));
    builder.sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build());
    return builder.build();
  }
}
