package dev.outcrop.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured numbers of one kind. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    return quantile(0.5);
  }

  /** The value that this share of the samples does not exceed (nearest rank). */
  double quantile(double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
