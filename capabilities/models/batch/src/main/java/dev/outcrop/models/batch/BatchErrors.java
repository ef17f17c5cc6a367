package dev.outcrop.models.batch;

import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

/** Bedrock's exceptions. */
final class BatchErrors {
  private BatchErrors() {}

  static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }

  static ConflictException conflict(String message) {
    return ConflictException.builder().message(message).build();
  }

  static ServiceQuotaExceededException tooMany(String message) {
    return ServiceQuotaExceededException.builder().message(message).build();
  }

  static ResourceNotFoundException notFound(String identifier) {
    return ResourceNotFoundException.builder()
        .message("The model invocation job was not found: " + identifier)
        .build();
  }
}
