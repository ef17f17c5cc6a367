package dev.outcrop.models.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Predicts how well a large and a small model of a family answer a prompt: two logistic regressions
 * over {@link Features}, and a line that makes their difference true on average, since errors of
 * both add up in it. Takes well below a millisecond, and needs nothing but the prompt.
 *
 * @param provenance what it was made of: data, licences, command
 * @param means of the counts in the training data
 * @param deviations of the counts, standard
 * @param able quality of a large model
 * @param cheap quality of a small one
 * @param offset of the line: difference = offset + slope · (able − cheap)
 */
public record Difficulty(
    Map<String, Object> provenance,
    double[] means,
    double[] deviations,
    Head able,
    Head cheap,
    double offset,
    double slope) {

  /** Beyond so many deviations more of a count is no more evidence. */
  private static final double FARTHEST = 3;

  private static final double LEAST = 0.01;
  private static final String RESOURCE = "difficulty.json";

  /**
   * A logistic regression.
   *
   * @param counts weights of the counts
   * @param scale of the weights of the buckets, which are bytes
   */
  public record Head(double bias, double[] counts, double scale, byte[] words) {

    private double probability(Features features, double[] standard) {
      double sum = 0;
      for (int word : features.words()) {
        sum += words[word];
      }
      sum = bias + sum * scale * features.wordValue();
      for (int i = 0; i < standard.length; i++) {
        sum += counts[i] * standard[i];
      }
      return 1 / (1 + Math.exp(-sum));
    }
  }

  /** The one that was trained for Outcrop. */
  public static Difficulty shipped() {
    return Shipped.MODEL;
  }

  private static final class Shipped {
    static final Difficulty MODEL = read();

    private static Difficulty read() {
      try (InputStream in = Difficulty.class.getResourceAsStream(RESOURCE)) {
        return new ObjectMapper().readValue(in, Difficulty.class);
      } catch (IOException e) {
        throw new UncheckedIOException("the difficulty model cannot be read", e);
      }
    }
  }

  /** Writes what {@link #shipped} reads. */
  public void write(OutputStream out) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out, this);
  }

  /** How good the answers to a prompt will be. */
  public Prediction predict(String prompt) {
    Features features = Features.of(prompt);
    double[] standard = standard(features.counts());
    double large = Math.max(LEAST, able.probability(features, standard));
    double difference = difference(features, standard);
    return new Prediction(large, Math.clamp(large - difference, LEAST, 1));
  }

  /** What the large model's answer to a prompt is expected to be better by, from -1 to 1. */
  public double difference(String prompt) {
    Features features = Features.of(prompt);
    return difference(features, standard(features.counts()));
  }

  private double difference(Features features, double[] standard) {
    return offset
        + slope * (able.probability(features, standard) - cheap.probability(features, standard));
  }

  /** The counts, by their means and deviations in the training data. */
  public double[] standard(double[] values) {
    double[] standard = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double z = (values[i] - means[i]) / deviations[i];
      standard[i] = Math.clamp(z, -FARTHEST, FARTHEST);
    }
    return standard;
  }
}
