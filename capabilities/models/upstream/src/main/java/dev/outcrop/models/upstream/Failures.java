package dev.outcrop.models.upstream;

import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Failures as Bedrock Runtime's exceptions. They name the provider, never a key or an address. */
final class Failures {

  private Failures() {}

  /** Before anything was answered. */
  static BedrockRuntimeException exception(String provider, Failure failure) {
    String message = message(provider, failure);
    return (BedrockRuntimeException)
        switch (failure.kind()) {
          case INVALID -> ValidationException.builder().message(message).cause(failure).build();
          case UNAUTHORIZED, FORBIDDEN ->
              AccessDeniedException.builder().message(message).cause(failure).build();
          case NOT_FOUND ->
              ResourceNotFoundException.builder().message(message).cause(failure).build();
          case THROTTLED -> ThrottlingException.builder().message(message).cause(failure).build();
          case EXHAUSTED ->
              ServiceQuotaExceededException.builder().message(message).cause(failure).build();
          case TIMEOUT -> ModelTimeoutException.builder().message(message).cause(failure).build();
          case UNAVAILABLE ->
              ServiceUnavailableException.builder().message(message).cause(failure).build();
          case BROKEN ->
              ModelErrorException.builder()
                  .message(message)
                  .originalStatusCode(failure.status() == 0 ? null : failure.status())
                  .cause(failure)
                  .build();
        };
  }

  /** After a part was answered. */
  static ModelStreamErrorException midStream(String provider, Failure failure) {
    return ModelStreamErrorException.builder()
        .message(message(provider, failure))
        .originalStatusCode(failure.status() == 0 ? null : failure.status())
        .originalMessage(failure.getMessage())
        .cause(failure)
        .build();
  }

  private static String message(String provider, Failure failure) {
    String said = failure.getMessage();
    String detail = said.isEmpty() ? "" : ": " + said;
    String name = "The provider '" + provider + "'";
    return switch (failure.kind()) {
      // Services like to repeat the key here.
      case UNAUTHORIZED ->
          name
              + " does not accept the key it is configured with. Check providers."
              + provider
              + ".";
      case FORBIDDEN -> name + " does not allow this with the configured key" + detail;
      case INVALID -> name + " refused the request" + detail;
      case NOT_FOUND -> name + " does not know this model or address" + detail;
      case THROTTLED -> name + " has too many requests" + detail;
      case EXHAUSTED -> name + " has no quota left for the configured keys" + detail;
      case TIMEOUT -> name + " did not answer in time" + detail;
      case UNAVAILABLE -> name + " is not available" + detail;
      case BROKEN -> name + " failed" + detail;
    };
  }
}
