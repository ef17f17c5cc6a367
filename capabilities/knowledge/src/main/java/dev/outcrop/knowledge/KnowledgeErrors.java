package dev.outcrop.knowledge;

import dev.outcrop.storage.StorageException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrockagent.model.ConflictException;
import software.amazon.awssdk.services.bedrockagent.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockagent.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrockagent.model.ValidationException;

/** Errors of Bedrock Agent, in AWS's words where they are known. */
final class KnowledgeErrors {
  private KnowledgeErrors() {}

  static RuntimeException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }

  static RuntimeException conflict(String message) {
    return ConflictException.builder().message(message).build();
  }

  static RuntimeException quota(String message) {
    return ServiceQuotaExceededException.builder().message(message).build();
  }

  static RuntimeException noBase(String id) {
    return notFound("Knowledge Base with id " + id + " does not exist");
  }

  static RuntimeException noSource(String id) {
    return notFound("DataSource with id " + id + " is not found");
  }

  static RuntimeException noJob(String id) {
    return notFound("Ingestion Job with id " + id + " does not exist");
  }

  static RuntimeException notFound(String message) {
    return ResourceNotFoundException.builder().message(message).build();
  }

  /** Runs the work, turning what the stores refuse into the service's exceptions. */
  static <T> T stored(Supplier<T> work) {
    try {
      return work.get();
    } catch (StorageException.InvalidPageToken | StorageException.InvalidTag e) {
      throw invalid(e.getMessage());
    } catch (StorageException.TooManyTags e) {
      throw quota(e.getMessage());
    } catch (StorageException.AlreadyExists
        | StorageException.TokenReused
        | StorageException.Conflict e) {
      throw conflict(e.getMessage());
    }
  }
}
