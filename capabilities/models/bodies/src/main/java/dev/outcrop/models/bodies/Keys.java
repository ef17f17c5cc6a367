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
          case IMAGE -> image(body);
          case RERANK -> "rerank";
          default -> chat(body);
        });
  }

  private static String embedding(Body body) {
    if (body.has("input_type") || body.has("texts")) {
      return "cohere-embed";
    }
    if (body.has("taskType")) {
      return "nova-embedding";
    }
    return body.has("inputImage") || body.has("embeddingConfig")
        ? "titan-multimodal"
        : "titan-embedding";
  }

  private static String image(Body body) {
    if (body.has("text_prompts")) {
      return "sdxl";
    }
    return body.has("taskType") ? "titan-image" : "stability";
  }

  private static String chat(Body body) {
    if (body.has("anthropic_version") || body.has("max_tokens_to_sample")) {
      return null; // Anthropic's, which are read elsewhere.
    }
    if (body.has("messages")) {
      return nova(body) ? "nova" : "openai";
    }
    if (body.has("message")) {
      return "command-r";
    }
    return body.has("prompt") ? prompt(body) : "titan-text";
  }

  private static boolean nova(Body body) {
    return body.has("schemaVersion") || body.has("inferenceConfig") || body.has("toolConfig");
  }

  /**
   * A prompt's family by the names of its settings; OpenAI's, as for imported models, by default.
   */
  private static String prompt(Body body) {
    if (body.has("maxTokens") || body.has("topP") || body.has("countPenalty")) {
      return "jurassic";
    }
    if (body.has("p") || body.has("k") || body.has("num_generations")) {
      return "command";
    }
    return body.has("max_gen_len") || body.has("images") ? "llama" : "openai-completion";
  }
}
