package dev.outcrop.knowledge.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scored items, best first, and how two rankings become one.
 *
 * <p>Scores of different kinds (cosine, BM25) are made comparable by scaling each list from its
 * least to its greatest score to 0…1, then averaged; what one list does not hold counts 0 in it
 * (min-max CombSUM: Fox and Shaw 1994, Bruch et al. 2023).
 */
public final class Ranking {
  private Ranking() {}

  /** An item and its score. */
  public record Scored<T extends Comparable<T>>(T item, double score) {}

  /** The average of the scaled lists, best first; ties in the items' own order. */
  public static <T extends Comparable<T>> List<Scored<T>> average(
      List<Scored<T>> first, List<Scored<T>> second) {
    Map<T, Double> sums = new HashMap<>();
    for (List<Scored<T>> list : List.of(first, second)) {
      scaled(list).forEach(s -> sums.merge(s.item(), s.score() / 2, Double::sum));
    }
    List<Scored<T>> fused = new ArrayList<>(sums.size());
    sums.forEach((item, score) -> fused.add(new Scored<>(item, score)));
    fused.sort(best());
    return fused;
  }

  /** The list with its scores scaled to 0…1; equal scores all become 1. */
  public static <T extends Comparable<T>> List<Scored<T>> scaled(List<Scored<T>> list) {
    double least = list.stream().mapToDouble(Scored::score).min().orElse(0);
    double range = list.stream().mapToDouble(Scored::score).max().orElse(0) - least;
    return list.stream()
        .map(s -> new Scored<>(s.item(), range > 0 ? (s.score() - least) / range : 1.0))
        .toList();
  }

  public static <T extends Comparable<T>> Comparator<Scored<T>> best() {
    return Comparator.<Scored<T>>comparingDouble(Scored::score)
        .reversed()
        .thenComparing(Scored::item);
  }
}
