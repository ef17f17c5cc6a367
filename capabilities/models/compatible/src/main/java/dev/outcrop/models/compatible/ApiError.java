package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.wire.RefusedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * An error as OpenAI's API tells it.
 *
 * @param status of HTTP
 * @param type the kind of error
 * @param code more exactly; null for none
 * @param param the parameter at fault; null for none
 */
record ApiError(int status, String type, String code, String param, String message) {

  private static final String INVALID = "invalid_request_error";
  private static final String SERVER = "server_error";
  private static final String UNKNOWN_MODEL = "The provided model identifier is invalid.";

  static ApiError invalid(String code, String param, String message) {
    return new ApiError(400, INVALID, code, param, message);
  }

  static ApiError unauthorized(String message) {
    return new ApiError(401, INVALID, "invalid_api_key", null, message);
  }

  static ApiError unknownModel(String model) {
    String named = model == null ? "" : " `" + model + "`";
    return new ApiError(
        404,
        INVALID,
        "model_not_found",
        "model",
        "The model" + named + " does not exist or you do not have access to it.");
  }

  static ApiError notFound(String message) {
    return new ApiError(404, INVALID, null, null, message);
  }

  /**
   * @param model that the request asked for; null when it named none
   */
  static ApiError of(Throwable thrown, String model) {
    return switch (thrown) {
      case ApiException e -> e.error();
      case ValidationException e when UNKNOWN_MODEL.equals(message(e)) -> unknownModel(model);
      case ValidationException e -> Violation.error(message(e));
      case AccessDeniedException e ->
          new ApiError(403, "permission_error", "access_denied", null, message(e));
      case ResourceNotFoundException e ->
          new ApiError(404, INVALID, "model_not_found", "model", message(e));
      case ThrottlingException e -> rateLimited(message(e));
      case ServiceQuotaExceededException e ->
          new ApiError(429, "insufficient_quota", "insufficient_quota", null, message(e));
      case ModelTimeoutException e -> new ApiError(504, SERVER, "timeout", null, message(e));
      case ModelNotReadyException e -> unavailable(message(e));
      case ServiceUnavailableException e -> unavailable(message(e));
      case ModelErrorException e -> new ApiError(502, SERVER, "model_error", null, message(e));
      case ModelStreamErrorException e ->
          new ApiError(502, SERVER, "model_error", null, message(e));
      case AwsServiceException e -> of(e.statusCode(), message(e));
      case RefusedException e -> of(e.status(), e.getMessage());
      default -> new ApiError(500, SERVER, null, null, "Internal server error");
    };
  }

  private static ApiError rateLimited(String message) {
    return new ApiError(429, "rate_limit_error", "rate_limit_exceeded", null, message);
  }

  private static ApiError unavailable(String message) {
    return new ApiError(503, SERVER, "service_unavailable", null, message);
  }

  private static ApiError of(int status, String message) {
    return switch (status) {
      case 401 -> unauthorized(message);
      case 403 -> new ApiError(403, "permission_error", "access_denied", null, message);
      case 429 -> rateLimited(message);
      case 503 -> unavailable(message);
      default ->
          status >= 400 && status <= 501
              ? new ApiError(status, status < 500 ? INVALID : SERVER, null, null, message)
              : new ApiError(500, SERVER, null, null, message);
    };
  }

  /** Without what SDKs add to the text. */
  private static String message(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
        ? e.getMessage()
        : e.awsErrorDetails().errorMessage();
  }

  ObjectNode json() {
    ObjectNode whole = Json.object();
    whole
        .putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", param)
        .put("code", code);
    return whole;
  }
}
