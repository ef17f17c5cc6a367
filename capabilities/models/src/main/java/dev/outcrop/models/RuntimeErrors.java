package dev.outcrop.models;

import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Bedrock Runtime's exceptions, with AWS's words where AWS has some. */
public final class RuntimeErrors {

  private RuntimeErrors() {}

  /** The request is wrong: 400. */
  public static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }

  /** A field that Outcrop can't honour for this model or yet. */
  public static ValidationException unsupported(String field, String why) {
    return invalid(field + " is not supported: " + why);
  }

  /**
   * A tier of service that a model doesn't have.
   *
   * @param expected those that it has
   */
  public static ValidationException noTier(String tier, String expected) {
    return invalid(
        "The service tier '"
            + tier
            + "' is not supported for this model, expected "
            + expected
            + ".");
  }

  /** A latency that a model doesn't have. */
  public static ValidationException noLatency(String latency) {
    return invalid(
        "Latency performance configuration is not supported for this model: '"
            + latency
            + "', expected standard.");
  }

  static ValidationException cannot(Provider provider, ModelEntry entry, String kind) {
    return invalid(
        "The provider '"
            + provider.name()
            + "' of model "
            + entry.id()
            + " has no "
            + kind
            + " models.");
  }

  static ValidationException unknownModel() {
    return invalid("The provided model identifier is invalid.");
  }

  static ValidationException notForConverse() {
    return invalid(
        "This action doesn't support the model that you provided. Try again with a supported text"
            + " or chat model.");
  }

  static ValidationException notBothWays() {
    return invalid("The model is unsupported for bidirectional streaming.");
  }

  static ModelNotReadyException notReady(String message) {
    return ModelNotReadyException.builder().message(message).build();
  }

  static InternalServerException failed(String message) {
    return InternalServerException.builder().message(message).build();
  }

  static ThrottlingException tooMany() {
    return ThrottlingException.builder()
        .message("Too many requests, please wait before trying again.")
        .build();
  }
}
