package dev.outcrop.wire.client;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Service;
import dev.outcrop.operations.ServiceError;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.protocol.Failure;
import dev.outcrop.wire.protocol.Failures;
import dev.outcrop.wire.shape.Builders;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/** Turns what a capability throws into what a real client of the service would throw. */
final class LocalErrors {
  private LocalErrors() {}

  static RuntimeException of(Throwable thrown, Operation operation, String requestId) {
    return switch (thrown) {
      case Error error -> throw error;
      case ClientGoneException gone -> gone;
      case AbortedException aborted -> aborted;
      case InterruptedException interrupted -> {
        Thread.currentThread().interrupt();
        yield AbortedException.create("The call was interrupted", interrupted);
      }
      default -> service(thrown, operation, requestId);
    };
  }

  private static AwsServiceException service(
      Throwable thrown, Operation operation, String requestId) {
    Service service = OperationIndex.get().service(operation.service());
    Failure failure = Failures.of(thrown, service, requestId);
    AwsServiceException.Builder builder = builder(failure, operation, service);
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode(failure.code())
            .errorMessage(failure.message())
            .serviceName(service.serviceId())
            .build();
    builder.awsErrorDetails(details);
    builder.message(failure.message());
    builder.statusCode(failure.status());
    builder.requestId(requestId);
    builder.cause(thrown);
    return builder.build();
  }

  private static AwsServiceException.Builder builder(
      Failure failure, Operation operation, Service service) {
    if (failure.members() instanceof AwsServiceException thrown) {
      return thrown.toBuilder();
    }
    for (ServiceError error : OperationIndex.get().errors(service.name())) {
      if (error.code().equals(failure.code())) {
        return (AwsServiceException.Builder) Builders.of(error.exceptionClass()).get();
      }
    }
    return (AwsServiceException.Builder) Builders.of(baseException(operation)).get();
  }

  // The base classes of a service's requests and exceptions are named alike.
  private static String baseException(Operation operation) {
    try {
      String request = Class.forName(operation.requestClass()).getSuperclass().getName();
      return request.substring(0, request.length() - "Request".length()) + "Exception";
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
