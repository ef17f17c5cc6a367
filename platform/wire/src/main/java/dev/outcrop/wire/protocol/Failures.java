package dev.outcrop.wire.protocol;

import dev.outcrop.operations.InvalidRequestException;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Service;
import dev.outcrop.operations.ServiceError;
import dev.outcrop.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a service answers when its work ends in an exception. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** The error that the service answers for the exception; unexpected ones are logged. */
  public static Failure of(Throwable thrown, Service service, String requestId) {
    return switch (thrown) {
      case RefusedException refused ->
          common(refused.code(), refused.status(), refused.getMessage(), service);
      case InvalidRequestException invalid ->
          common(invalid.code(), 400, invalid.getMessage(), service);
      case AwsServiceException known when service != null -> modelled(known, service, requestId);
      default -> unexpected(thrown, service, requestId);
    };
  }

  private static Failure modelled(AwsServiceException thrown, Service service, String requestId) {
    OperationIndex index = OperationIndex.get();
    ServiceError error = index.error(thrown.getClass());
    if (index.serviceOf(thrown.getClass()) != service) {
      return foreign(thrown, error, service, requestId);
    }
    if (error != null) {
      int status = thrown.statusCode() > 0 ? thrown.statusCode() : error.status();
      return new Failure(error.code(), error.queryCode(), status, message(thrown), thrown);
    }
    String code = thrown.awsErrorDetails() == null ? null : thrown.awsErrorDetails().errorCode();
    return code == null
        ? unexpected(thrown, service, requestId)
        : new Failure(
            code, code, thrown.statusCode() > 0 ? thrown.statusCode() : 400, message(thrown), null);
  }

  // An exception of another service that the capability let through: the caller's SDK knows it
  // only if its own service has an error of that name.
  private static Failure foreign(
      AwsServiceException thrown, ServiceError error, Service service, String requestId) {
    String code = error == null ? null : error.code();
    ServiceError same = code == null ? null : named(code, service);
    return same == null
        ? unexpected(thrown, service, requestId)
        : new Failure(same.code(), same.queryCode(), same.status(), message(thrown), null);
  }

  private static Failure unexpected(Throwable thrown, Service service, String requestId) {
    LOG.error("Request {} failed unexpectedly", requestId, thrown);
    return common(
        "InternalServerException",
        500,
        "The request failed inside Outcrop; its log has the reason under request id " + requestId,
        service);
  }

  /** An error that is no exception of the service's SDK, by the name the service has for it. */
  private static Failure common(String code, int status, String message, Service service) {
    ServiceError modelled = service == null ? null : CommonErrors.modelled(code, service);
    return modelled == null
        ? new Failure(
            CommonErrors.code(code, service), CommonErrors.queryCode(code), status, message, null)
        : new Failure(modelled.code(), modelled.queryCode(), modelled.status(), message, null);
  }

  /** The service's error of that name, or null. */
  static ServiceError named(String code, Service service) {
    for (ServiceError error : OperationIndex.get().errors(service.name())) {
      if (error.code().equals(code)) {
        return error;
      }
    }
    return null;
  }

  private static String message(AwsServiceException thrown) {
    if (thrown.awsErrorDetails() != null && thrown.awsErrorDetails().errorMessage() != null) {
      return thrown.awsErrorDetails().errorMessage();
    }
    return thrown.getMessage();
  }
}
