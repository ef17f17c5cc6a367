package dev.outcrop.models.bodies;

import dev.outcrop.models.ModelEntry.Kind;
import java.util.Optional;

/** Tells a body's family by its keys, for models whose id names none. */
final class Keys {

  private Keys() {}

  /**
   * The family's name; empty when the body is another module's or of no known form.
   *
   * @param kind what the model behind does
   */
  static Optional<String> family(Body body, Kind kind) {
    return Optional.ofNullable(
        switch (kind) {
          case EMBEDDING -> embedding(body);
          default -> chat(body);
        });
  }

  private static String embedding(Body body) {
    return body.has("inputImage") || body.has("embeddingConfig")
        ? "titan-multimodal"
        : "titan-embedding";
  }

  private static String chat(Body body) {
    if (body.has("anthropic_version") || body.has("max_tokens_to_sample")) {
      return null;
    }
    return body.has("messages") ? "openai" : "titan-text";
  }
}
