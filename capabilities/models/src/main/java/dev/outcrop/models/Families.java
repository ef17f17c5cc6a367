package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/** All families of native bodies, asked in order whose a body is. */
record Families(List<NativeBodies> inOrder) {

  private static final JsonMapper JSON = new JsonMapper();

  Families {
    inOrder = List.copyOf(inOrder);
  }

  /**
   * The body, read.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when it is
   *     wrong, or in no known form
   */
  NativeBody read(NativeBodies.Asked asked) {
    for (NativeBodies family : inOrder) {
      Optional<NativeBody> body = family.read(asked);
      if (body.isPresent()) {
        return body.get();
      }
    }
    throw RuntimeErrors.invalid(
        "Malformed input request: the body is in no form that is known for the model "
            + asked.modelId()
            + ", please reformat your input and try again.");
  }

  /** A body's bytes. */
  static SdkBytes bytes(JsonNode body) {
    try {
      return SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
