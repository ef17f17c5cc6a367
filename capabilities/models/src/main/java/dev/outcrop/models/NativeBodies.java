package dev.outcrop.models;

import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/** The bodies of one family of models. */
public interface NativeBodies {

  /**
   * What a body is asked for.
   *
   * @param modelId as the client named the model, ARN and region prefix ({@code us.}) taken off
   * @param entry the model behind it
   * @param bytes the body
   * @param streaming whether the answer is to be streamed
   */
  record Asked(String modelId, ModelEntry entry, SdkBytes bytes, boolean streaming) {}

  /**
   * The body, read; empty when it belongs to another family. A family knows its own by the id (for
   * example {@code anthropic.}), or, where the id names no family (a local model), by the body's
   * keys.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   */
  Optional<NativeBody> read(Asked asked);
}
