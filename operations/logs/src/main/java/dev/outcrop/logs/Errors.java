package dev.outcrop.logs;

import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs' exceptions. */
final class Errors {
  private Errors() {}

  static InvalidParameterException invalid(String message) {
    return InvalidParameterException.builder().message(message).build();
  }

  static ResourceNotFoundException noGroup() {
    return ResourceNotFoundException.builder()
        .message("The specified log group does not exist.")
        .build();
  }

  static ResourceNotFoundException noStream() {
    return ResourceNotFoundException.builder()
        .message("The specified log stream does not exist.")
        .build();
  }

  static ResourceAlreadyExistsException exists(String what) {
    return ResourceAlreadyExistsException.builder()
        .message("The specified " + what + " already exists")
        .build();
  }

  /** A field that is not honoured here, and so must not be given. */
  static void refuse(boolean given, String field, String why) {
    if (given) {
      throw invalid(field + " is not supported: " + why);
    }
  }
}
