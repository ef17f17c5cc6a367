package dev.outcrop.models.openai;

import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Refuses what a server can't do, in AWS's words. */
final class Refusals {

  private Refusals() {}

  /**
   * @param path of the field, for example {@code messages.0.content.1.video}
   */
  static ValidationException field(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return RuntimeErrors.invalid(
        "This model doesn't support the %s field. Remove %s and try again.".formatted(path, name));
  }

  static ValidationException invalid(String path, String problem) {
    return RuntimeErrors.invalid("The value at " + path + " " + problem + ".");
  }
}
