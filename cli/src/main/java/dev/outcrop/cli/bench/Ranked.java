package dev.outcrop.cli.bench;

import java.util.List;
import java.util.Set;

/** How good a ranking of documents is, as trec_eval computes it. */
public record Ranked(List<String> documents) {

  public Ranked {
    if (Set.copyOf(documents).size() != documents.size()) {
      throw new IllegalArgumentException("a ranking names each document once");
    }
  }

  /**
   * The precision at each relevant document's rank, averaged over all relevant documents; one that
   * was not found counts 0.
   */
  public double averagePrecision(Set<String> relevant) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < documents.size(); i++) {
      if (relevant.contains(documents.get(i))) {
        sum += (double) ++found / (i + 1);
      }
    }
    return relevant.isEmpty() ? 0 : sum / relevant.size();
  }

  /** The share of relevant documents among the first {@code depth} ranks. */
  public double precision(Set<String> relevant, int depth) {
    long found = documents.stream().limit(depth).filter(relevant::contains).count();
    return (double) found / depth;
  }
}
