package dev.outcrop.knowledge;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrockagentruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockagentruntime.model.ConflictException;
import software.amazon.awssdk.services.bedrockagentruntime.model.DependencyFailedException;
import software.amazon.awssdk.services.bedrockagentruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockagentruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockagentruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockagentruntime.model.ValidationException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

/** Errors of Bedrock Agent Runtime. */
final class RetrievalErrors {
  private RetrievalErrors() {}

  static RuntimeException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }

  static RuntimeException conflict(String message) {
    return ConflictException.builder().message(message).build();
  }

  static RuntimeException noBase(String id) {
    return ResourceNotFoundException.builder()
        .message("Knowledge Base with id " + id + " does not exist")
        .build();
  }

  /** Runs the work, turning what a model refuses into this service's exceptions. */
  static <T> T withModels(Supplier<T> work) {
    try {
      return work.get();
    } catch (BedrockRuntimeException e) {
      throw translated(e);
    }
  }

  private static RuntimeException translated(BedrockRuntimeException e) {
    String message = message(e);
    return switch (e) {
      case software.amazon.awssdk.services.bedrockruntime.model.ValidationException invalid ->
          invalid(message);
      case software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException none ->
          invalid(message);
      case software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException many ->
          ThrottlingException.builder().message(message).cause(e).build();
      case software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException denied ->
          AccessDeniedException.builder().message(message).cause(e).build();
      case software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException busy ->
          ModelNotReadyException.builder().message(message).cause(e).build();
      default ->
          DependencyFailedException.builder()
              .message(message)
              .resourceName("bedrock-runtime")
              .cause(e)
              .build();
    };
  }

  private static String message(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
        ? e.getMessage()
        : e.awsErrorDetails().errorMessage();
  }
}
