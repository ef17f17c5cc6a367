package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Failures that say something of the request or the model are answers and recorded. Others, such as
 * throttling, a wrong key or a broken connection, would be of no use in a replay.
 */
final class Failures {
  private static final String FAILURE = "failure";

  private Failures() {}

  /** Adds the failure to the recording; false when it is of no use. */
  static boolean record(RuntimeException failure, ObjectNode recording) {
    String kind =
        switch (failure) {
          case ValidationException _ -> "ValidationException";
          case ResourceNotFoundException _ -> "ResourceNotFoundException";
          case ModelErrorException _ -> "ModelErrorException";
          case ModelStreamErrorException _ -> "ModelStreamErrorException";
          default -> null;
        };
    if (kind == null) {
      return false;
    }
    ObjectNode written = recording.putObject(FAILURE);
    written.put("type", kind);
    written.put(
        "message",
        failure instanceof software.amazon.awssdk.awscore.exception.AwsServiceException aws
                && aws.awsErrorDetails() != null
            ? aws.awsErrorDetails().errorMessage()
            : failure.getMessage());
    if (failure instanceof ModelErrorException error && error.originalStatusCode() != null) {
      written.put("originalStatusCode", error.originalStatusCode());
    }
    return true;
  }

  /** Throws the failure that was recorded, if there is one. */
  static void throwFrom(JsonNode recording) {
    JsonNode failure = recording.get(FAILURE);
    if (failure == null) {
      return;
    }
    String message = failure.path("message").asText();
    throw switch (failure.path("type").asText()) {
      case "ValidationException" -> ValidationException.builder().message(message).build();
      case "ResourceNotFoundException" ->
          ResourceNotFoundException.builder().message(message).build();
      case "ModelStreamErrorException" ->
          ModelStreamErrorException.builder().message(message).originalMessage(message).build();
      default ->
          ModelErrorException.builder()
              .message(message)
              .originalStatusCode(
                  failure.has("originalStatusCode")
                      ? failure.get("originalStatusCode").intValue()
                      : null)
              .build();
    };
  }
}
