package dev.outcrop.models.routing.training;

import dev.outcrop.models.routing.Features;
import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression of qualities from 0 to 1 with an L2 penalty, by Nesterov's accelerated
 * gradient (1983), restarted when it overshoots (O'Donoghue and Candès 2015). It comes to the same
 * weights whenever it runs.
 */
final class Regression {
  private static final int STEPS = 500;
  private static final int POWER_STEPS = 20;
  private static final double PENALTY = 1;

  /** Large enough for the penalty to leave the counts alone, small enough to keep steps long. */
  private static final double COUNT_VALUE = 0.3;

  private final List<Row> rows;
  private final int size = Features.BUCKETS + Features.COUNTS + 1;

  /**
   * A prompt.
   *
   * @param standard its counts, standardized
   * @param weight how much it counts
   */
  record Row(int[] words, double wordValue, double[] standard, double weight) {

    private double product(double[] vector) {
      double sum = 0;
      for (int word : words) {
        sum += vector[word];
      }
      sum *= wordValue;
      for (int i = 0; i < standard.length; i++) {
        sum += COUNT_VALUE * standard[i] * vector[Features.BUCKETS + i];
      }
      return sum + vector[Features.BUCKETS + standard.length];
    }

    private void addTo(double[] vector, double times) {
      double word = times * wordValue;
      for (int at : words) {
        vector[at] += word;
      }
      for (int i = 0; i < standard.length; i++) {
        vector[Features.BUCKETS + i] += times * COUNT_VALUE * standard[i];
      }
      vector[Features.BUCKETS + standard.length] += times;
    }
  }

  /** Weights of the buckets, of the standardized counts, and the bias. */
  record Weights(double[] words, double[] counts, double bias) {}

  Regression(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * @param qualities of the rows
   */
  Weights fit(double[] qualities) {
    double step = 1 / (steepest() / 4 + PENALTY);
    double[] now = new double[size];
    double[] ahead = new double[size];
    double[] gradient = new double[size];
    double momentum = 1;
    for (int i = 0; i < STEPS; i++) {
      gradient(ahead, qualities, gradient);
      double[] next = new double[size];
      double uphill = 0;
      for (int j = 0; j < size; j++) {
        next[j] = ahead[j] - step * gradient[j];
        uphill += gradient[j] * (next[j] - now[j]);
      }
      double further = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double share = uphill > 0 ? 0 : (momentum - 1) / further;
      for (int j = 0; j < size; j++) {
        ahead[j] = next[j] + share * (next[j] - now[j]);
      }
      momentum = further;
      now = next;
    }
    return weights(now);
  }

  private void gradient(double[] at, double[] qualities, double[] gradient) {
    for (int j = 0; j < size; j++) {
      gradient[j] = PENALTY * at[j];
    }
    for (int i = 0; i < qualities.length; i++) {
      Row row = rows.get(i);
      double expected = 1 / (1 + Math.exp(-row.product(at)));
      row.addTo(gradient, row.weight() * (expected - qualities[i]));
    }
  }

  /** The largest eigenvalue of the rows' squares, by power iteration, and a little more. */
  private double steepest() {
    double[] vector = new double[size];
    vector[size - 1] = 1;
    double value = 0;
    for (int i = 0; i < POWER_STEPS; i++) {
      double[] product = new double[size];
      for (Row row : rows) {
        row.addTo(product, row.weight() * row.product(vector));
      }
      value = 0;
      for (double each : product) {
        value += each * each;
      }
      value = Math.sqrt(value);
      for (int j = 0; j < size; j++) {
        vector[j] = product[j] / value;
      }
    }
    return 1.05 * value;
  }

  private static Weights weights(double[] all) {
    double[] words = Arrays.copyOf(all, Features.BUCKETS);
    double[] counts = new double[Features.COUNTS];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = COUNT_VALUE * all[Features.BUCKETS + i];
    }
    return new Weights(words, counts, all[all.length - 1]);
  }
}
