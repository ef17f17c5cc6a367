package dev.outcrop.metering.cloudwatch;

import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;

/** CloudWatch's exceptions. */
final class Errors {
  private Errors() {}

  static InvalidParameterValueException invalid(String message) {
    return InvalidParameterValueException.builder().message(message).build();
  }

  static InvalidParameterCombinationException combination(String message) {
    return InvalidParameterCombinationException.builder().message(message).build();
  }

  static MissingRequiredParameterException missing(String parameter) {
    return MissingRequiredParameterException.builder()
        .message("The parameter " + parameter + " is required.")
        .build();
  }

  static InvalidNextTokenException token() {
    return InvalidNextTokenException.builder().message("The next token is not valid.").build();
  }

  /** A field that is not honoured here, and so must not be given. */
  static void refuse(boolean given, String field) {
    if (given) {
      throw invalid("The parameter " + field + " is not supported.");
    }
  }
}
