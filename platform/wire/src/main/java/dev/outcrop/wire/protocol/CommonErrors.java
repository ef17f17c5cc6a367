package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Protocol;
import dev.outcrop.operations.Service;
import dev.outcrop.operations.ServiceError;
import java.util.List;
import java.util.Map;

/** The names that services have for the errors all of them share. */
final class CommonErrors {
  /** Names under which services model the same error, the usual one first. */
  private static final List<List<String>> SAME =
      List.of(
          List.of(
              "InternalServerException",
              "InternalServerError",
              "InternalServiceError",
              "InternalServiceException",
              "InternalFailureException",
              "ServiceException"),
          List.of("ThrottlingException", "TooManyRequestsException", "Throttling"),
          List.of("ServiceUnavailableException", "ServiceUnavailable", "ServiceUnavailableError"),
          List.of("AccessDeniedException"),
          List.of("ValidationException"));

  private static final Map<String, String> QUERY =
      Map.of(
          "ValidationException", "ValidationError",
          "SerializationException", "MalformedInput",
          "ThrottlingException", "Throttling",
          "AccessDeniedException", "AccessDenied",
          "InternalServerException", "InternalFailure",
          "ServiceUnavailableException", "ServiceUnavailable",
          "UnknownOperationException", "InvalidAction");

  private static final Map<String, String> S3 =
      Map.of(
          "ValidationException", "InvalidArgument",
          "SerializationException", "MalformedXML",
          "ThrottlingException", "SlowDown",
          "AccessDeniedException", "AccessDenied",
          "InternalServerException", "InternalError",
          "ServiceUnavailableException", "ServiceUnavailable",
          "RequestEntityTooLargeException", "EntityTooLarge",
          "UnknownOperationException", "MethodNotAllowed");

  private CommonErrors() {}

  /** The service's own error of that meaning, or null. */
  static ServiceError modelled(String code, Service service) {
    for (List<String> names : SAME) {
      if (names.getFirst().equals(code)) {
        for (String name : names) {
          ServiceError error = Failures.named(name, service);
          if (error != null) {
            return error;
          }
        }
      }
    }
    return Failures.named(code, service);
  }

  /** The name in a service that does not model the error. */
  static String code(String code, Service service) {
    Protocol protocol = service == null ? Protocol.REST_JSON : service.protocol();
    return switch (protocol) {
      case REST_XML -> S3.getOrDefault(code, code);
      case QUERY -> queryCode(code);
      case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON, RPC_V2_CBOR -> code;
    };
  }

  static String queryCode(String code) {
    return QUERY.getOrDefault(code, code);
  }
}
