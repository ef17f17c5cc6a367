package dev.outcrop.models.routing.training;

import dev.outcrop.models.routing.Difficulty;
import dev.outcrop.models.routing.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Makes a difficulty model of examples. */
final class Trainer {
  private static final int FOLDS = 5;
  private static final int NONE = -1;

  private final List<Example> examples;
  private final List<Features> features;
  private final double[] means;
  private final double[] deviations;

  /**
   * @param examples to learn from, in any folds but that held out
   */
  Trainer(List<Example> examples) {
    this.examples = examples;
    this.features = examples.stream().map(e -> Features.of(e.prompt())).toList();
    this.means = new double[Features.COUNTS];
    this.deviations = new double[Features.COUNTS];
    for (int i = 0; i < means.length; i++) {
      int which = i;
      double mean = features.stream().mapToDouble(f -> f.counts()[which]).average().orElseThrow();
      means[i] = mean;
      double variance =
          features.stream()
              .mapToDouble(f -> Math.pow(f.counts()[which] - mean, 2))
              .average()
              .orElseThrow();
      // A count that is the same everywhere tells nothing, whatever it is divided by.
      deviations[i] = variance == 0 ? 1 : Math.sqrt(variance);
    }
  }

  Difficulty train(Map<String, Object> provenance) {
    double[] line = line();
    return model(provenance, NONE, line[0], line[1]);
  }

  private Difficulty model(
      Map<String, Object> provenance, int without, double offset, double slope) {
    return new Difficulty(
        provenance,
        means,
        deviations,
        head(without, Example::able),
        head(without, Example::cheap),
        offset,
        slope);
  }

  private Difficulty.Head head(int without, ToDoubleFunction<Example> quality) {
    Difficulty standards = new Difficulty(Map.of(), means, deviations, null, null, 0, 0);
    List<Regression.Row> rows = new ArrayList<>();
    List<Double> qualities = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      if (example.fold() != without) {
        Features of = features.get(i);
        double[] standard = standards.standard(of.counts());
        rows.add(new Regression.Row(of.words(), of.wordValue(), standard, weight(example)));
        qualities.add(quality.applyAsDouble(example));
      }
    }
    Regression.Weights weights =
        new Regression(rows).fit(qualities.stream().mapToDouble(q -> q).toArray());
    double largest = Arrays.stream(weights.words()).map(Math::abs).max().orElse(1);
    double scale = largest / Byte.MAX_VALUE;
    byte[] words = new byte[weights.words().length];
    for (int i = 0; i < words.length; i++) {
      words[i] = (byte) Math.round(weights.words()[i] / scale);
    }
    return new Difficulty.Head(weights.bias(), weights.counts(), scale, words);
  }

  /** MMLU alone has five times as many questions as all others together. */
  private static double weight(Example example) {
    return example.source().equals("mmlu") ? 1 : 2;
  }

  /**
   * The line from predicted differences to true ones, by least squares over predictions for
   * examples that the model did not learn from: each fold by the model of the others.
   */
  private double[] line() {
    double[] sums = new double[5];
    for (int fold = 1; fold < FOLDS; fold++) {
      Difficulty others = model(Map.of(), fold, 0, 1);
      for (Example example : examples) {
        if (example.fold() == fold) {
          double weight = weight(example);
          double x = others.difference(example.prompt());
          double y = example.difference();
          double[] terms = {1, x, y, x * x, x * y};
          for (int i = 0; i < terms.length; i++) {
            sums[i] += weight * terms[i];
          }
        }
      }
    }
    double slope =
        (sums[0] * sums[4] - sums[1] * sums[2]) / (sums[0] * sums[3] - sums[1] * sums[1]);
    return new double[] {(sums[2] - slope * sums[1]) / sums[0], slope};
  }
}
