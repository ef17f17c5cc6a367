package dev.outcrop.models.bodies;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;

/**
 * The names that a family has for the settings that all have.
 *
 * @param most tokens to write
 * @param temperature the key
 * @param hottest its greatest value
 * @param topP the share of likeliest tokens
 * @param stops a list of texts, or one text
 */
record Sampling(String most, String temperature, double hottest, String topP, String stops) {

  /** The settings in the body, null when there are none. */
  InferenceConfiguration read(Body body) {
    return of(
        body.integer(most, 1, Integer.MAX_VALUE),
        body.number(temperature, 0, hottest),
        body.number(topP, 0, 1),
        stops(body));
  }

  private List<String> stops(Body body) {
    if (stops == null) {
      return List.of();
    }
    return body.isText(stops)
        ? List.of(body.requiredText(stops))
        : body.texts(stops).orElse(List.of());
  }

  static InferenceConfiguration of(
      Optional<Integer> most,
      Optional<Double> temperature,
      Optional<Double> topP,
      List<String> stops) {
    if (most.isEmpty() && temperature.isEmpty() && topP.isEmpty() && stops.isEmpty()) {
      return null;
    }
    return InferenceConfiguration.builder()
        .maxTokens(most.orElse(null))
        .temperature(temperature.map(Double::floatValue).orElse(null))
        .topP(topP.map(Double::floatValue).orElse(null))
        .stopSequences(stops.isEmpty() ? null : stops)
        .build();
  }
}
