package dev.outcrop.models;

import java.util.List;
import java.util.Optional;

/** All families of native bodies, asked in order whose a body is. */
record Families(List<NativeBodies> inOrder) {

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
}
