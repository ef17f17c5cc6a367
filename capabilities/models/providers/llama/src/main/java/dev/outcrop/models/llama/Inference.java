package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import dev.outcrop.models.llama.engine.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;

/**
 * How to choose tokens: from the request, else from the model's entry.
 *
 * @param maxTokens 0 for as many as the context holds
 * @param seed negative for a random one
 */
record Inference(
    int maxTokens, float temperature, float topP, int topK, long seed, List<String> stops) {
  private static final int MOST_STOPS = 2500;
  private static final int LONGEST_STOP = 1000;
  private static final long MOST_SEED = 0xFFFFFFFEL;
  private static final float LEAST_AGAIN = 0.4f;
  private static final float MORE_AGAIN = 0.1f;
  private static final float MOST_AGAIN = 2;

  /** Who asks, and what a cache may go by: nothing of an answer here depends on them. */
  private static final Set<String> NO_EFFECT =
      Set.of("user", "safety_identifier", "prompt_cache_key");

  static Inference of(InferenceConfiguration config, Document more, LlamaOptions options) {
    InferenceConfiguration c = config == null ? InferenceConfiguration.builder().build() : config;
    allowOnly(c, "inferenceConfig.", Set.of("maxTokens", "temperature", "topP", "stopSequences"));
    if (c.maxTokens() != null && c.maxTokens() < 1) {
      throw invalid("The maximum tokens you requested must be at least 1. Try again.");
    }
    Map<String, Document> extra = extra(more);
    return new Inference(
        c.maxTokens() == null ? 0 : c.maxTokens(),
        share("temperature", c.temperature(), options.temperature()),
        share("topP", c.topP(), options.topP()),
        (int) whole(extra, "top_k", options.topK(), 0, 1_000_000),
        whole(extra, "seed", -1, 0, MOST_SEED),
        stops(c.stopSequences()));
  }

  private static Map<String, Document> extra(Document more) {
    if (more == null || more.isNull()) {
      return Map.of();
    }
    if (!more.isMap()) {
      throw invalid("additionalModelRequestFields must be an object.");
    }
    for (String key : more.asMap().keySet()) {
      if (!key.equals("top_k") && !key.equals("seed") && !NO_EFFECT.contains(key)) {
        throw invalid(
            ("This model doesn't support the additionalModelRequestFields.%s field. Remove %s and"
                    + " try again; it supports top_k and seed.")
                .formatted(key, key));
      }
    }
    return more.asMap();
  }

  private static float share(String name, Float value, float otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (!(value >= 0 && value <= 1)) {
      throw invalid(
          "The value at inferenceConfig.%s must be from 0 to 1, not %s. Change it and try again."
              .formatted(name, value));
    }
    return value;
  }

  private static long whole(
      Map<String, Document> fields, String name, long otherwise, long min, long max) {
    Document value = fields.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (value.isNumber()) {
      try {
        long number = value.asNumber().bigDecimalValue().longValueExact();
        if (number >= min && number <= max) {
          return number;
        }
      } catch (ArithmeticException e) {
        // Not a whole number: refused below.
      }
    }
    throw invalid(
        "The value at additionalModelRequestFields.%s must be a whole number from %d to %d."
            .formatted(name, min, max));
  }

  private static List<String> stops(List<String> stops) {
    if (stops.size() > MOST_STOPS) {
      throw invalid("There may be at most %d stop sequences.".formatted(MOST_STOPS));
    }
    for (String stop : stops) {
      if (stop.isEmpty() || stop.length() > LONGEST_STOP) {
        throw invalid("Stop sequences must have 1 to %d characters.".formatted(LONGEST_STOP));
      }
    }
    return stops;
  }

  /**
   * What to ask of the engine. What is written again is chosen more freely each time and with
   * another seed, or it would be the same.
   */
  Message.Generate request(long id, Prompt prompt, Answer.Again again) {
    int tries = again.tries();
    boolean first = tries == 0;
    float freely = Math.min(MOST_AGAIN, LEAST_AGAIN + MORE_AGAIN * tries);
    return new Message.Generate(
        id,
        prompt.text(),
        again.begun(),
        prompt.special(),
        maxTokens,
        first ? temperature : Math.max(temperature, freely),
        first ? topP : 1,
        first ? topK : 0,
        first ? seed : seed(tries),
        stops,
        prompt.grammar(),
        prompt.markers(),
        prompt.mark());
  }

  private long seed(int tries) {
    boolean fixed = seed >= 0 || temperature == 0;
    return fixed ? (Math.max(0, seed) + tries) % MOST_SEED : -1;
  }
}
