package dev.outcrop.models;

import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What {@code InvokeModel} and its stream have in common. */
record InvokeRequest(
    String modelId,
    SdkBytes body,
    String contentType,
    String accept,
    String trace,
    String guardrailIdentifier,
    String guardrailVersion,
    String latency,
    String serviceTier,
    String requestMetadata) {

  private static final String JSON = "application/json";

  /** What SDKs say of a blob whose caller gave no content type; the API's default is JSON. */
  private static final String NOT_SAID = "application/octet-stream";

  static InvokeRequest of(InvokeModelRequest r) {
    return new InvokeRequest(
        r.modelId(),
        r.body(),
        r.contentType(),
        r.accept(),
        r.traceAsString(),
        r.guardrailIdentifier(),
        r.guardrailVersion(),
        r.performanceConfigLatencyAsString(),
        r.serviceTierAsString(),
        r.requestMetadata());
  }

  static InvokeRequest of(InvokeModelWithResponseStreamRequest r) {
    return new InvokeRequest(
        r.modelId(),
        r.body(),
        r.contentType(),
        r.accept(),
        r.traceAsString(),
        r.guardrailIdentifier(),
        r.guardrailVersion(),
        r.performanceConfigLatencyAsString(),
        r.serviceTierAsString(),
        r.requestMetadata());
  }

  /** This, with all that isn't honoured refused. */
  InvokeRequest checked() {
    media("contentType", contentType, type -> type.equals(JSON) || type.equals(NOT_SAID));
    media("accept", accept, type -> type.equals(JSON) || type.equals("*/*"));
    CommonFields.guardrail(guardrailIdentifier != null || guardrailVersion != null);
    noTrace();
    CommonFields.metadata(requestMetadata);
    return this;
  }

  /** What the headers say of them. */
  Tiers tiers() {
    return new Tiers(latency, serviceTier);
  }

  /** The client's metadata; empty when it is wrong, which {@link #checked} refuses. */
  Map<String, String> metadata() {
    try {
      return CommonFields.metadata(requestMetadata);
    } catch (ValidationException e) {
      return Map.of();
    }
  }

  private void noTrace() {
    if (trace != null && !trace.equals("DISABLED")) {
      throw RuntimeErrors.unsupported("trace", "it shows a guardrail's work, and there is none");
    }
  }

  private static void media(
      String field, String value, java.util.function.Predicate<String> accepted) {
    if (value == null || value.isEmpty()) {
      return;
    }
    String type = value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!accepted.test(type)) {
      throw unsupportedMedia(field, value);
    }
  }

  private static ValidationException unsupportedMedia(String field, String value) {
    return RuntimeErrors.invalid(
        "The " + field + " '" + value + "' is not supported by this model, use " + JSON + ".");
  }
}
