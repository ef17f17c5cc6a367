package dev.outcrop.models.anthropic;

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

/** An error as Anthropic's API tells it. */
record ApiError(int status, String type, String message) {

  private static final String UNKNOWN_MODEL = "The provided model identifier is invalid.";
  private static final String BEFORE = "Malformed input request: ";
  private static final String AFTER = ", please reformat your input and try again.";

  static ApiError invalid(String message) {
    return new ApiError(400, "invalid_request_error", message);
  }

  private static ApiError failed(String message) {
    return new ApiError(500, "api_error", message);
  }

  static ApiError of(Throwable thrown) {
    return switch (thrown) {
      case ValidationException e when UNKNOWN_MODEL.equals(message(e)) ->
          new ApiError(404, "not_found_error", message(e));
      case ValidationException e -> invalid(plain(message(e)));
      case AccessDeniedException e -> new ApiError(403, "permission_error", message(e));
      case ResourceNotFoundException e -> new ApiError(404, "not_found_error", message(e));
      case ThrottlingException e -> new ApiError(429, "rate_limit_error", message(e));
      case ServiceQuotaExceededException e -> new ApiError(402, "billing_error", message(e));
      case ModelTimeoutException e -> new ApiError(504, "timeout_error", message(e));
      case ModelNotReadyException e -> new ApiError(529, "overloaded_error", message(e));
      case ServiceUnavailableException e -> new ApiError(529, "overloaded_error", message(e));
      case ModelErrorException e -> failed(message(e));
      case ModelStreamErrorException e -> failed(message(e));
      case AwsServiceException e -> of(e.statusCode(), message(e));
      case RefusedException e -> of(e.status(), e.getMessage());
      default -> failed("Internal server error");
    };
  }

  /** Without what SDKs add to the text. */
  private static String message(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
        ? e.getMessage()
        : e.awsErrorDetails().errorMessage();
  }

  private static String plain(String message) {
    return message.startsWith(BEFORE) && message.endsWith(AFTER)
        ? message
            .substring(BEFORE.length(), message.length() - AFTER.length())
            .replaceFirst("^#/?", "")
            .replaceFirst("^: ", "")
        : message;
  }

  private static ApiError of(int status, String message) {
    return switch (status) {
      case 401 -> new ApiError(401, "authentication_error", message);
      case 402 -> new ApiError(402, "billing_error", message);
      case 403 -> new ApiError(403, "permission_error", message);
      case 404 -> new ApiError(404, "not_found_error", message);
      case 413 -> new ApiError(413, "request_too_large", message);
      case 429 -> new ApiError(429, "rate_limit_error", message);
      case 503 -> new ApiError(529, "overloaded_error", message);
      default ->
          status >= 400 && status < 500
              ? invalid(message)
              : new ApiError(500, "api_error", message);
    };
  }

  ObjectNode json(String requestId) {
    ObjectNode error = Json.object().put("type", "error");
    error.putObject("error").put("type", type).put("message", message);
    return error.put("request_id", requestId);
  }
}
