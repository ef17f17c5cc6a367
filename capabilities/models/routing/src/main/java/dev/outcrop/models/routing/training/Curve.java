package dev.outcrop.models.routing.training;

import dev.outcrop.models.routing.Criterion;
import dev.outcrop.models.routing.Difficulty;
import dev.outcrop.models.routing.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well prompts are sent to one of two models, against sending all to either or choosing by
 * chance. Models' qualities are those of the examples.
 */
public final class Curve {
  /** An example needs the able model when that one's answer is better by so much. */
  private static final double NEEDED = 0.2;

  private final List<Routed> routed;
  private final double cheap;
  private final double able;

  private record Routed(Example example, Prediction prediction) {}

  /**
   * What a criterion comes to.
   *
   * @param cheapShare of the prompts that the cheap model answers
   * @param quality of the answers, as a share of the able model's
   * @param byChance the same, when as many prompts are sent to the cheap model by chance
   */
  public record Outcome(double cheapShare, double quality, double byChance) {}

  /**
   * @param examples at least one
   */
  public Curve(Difficulty difficulty, List<Example> examples) {
    this.routed =
        examples.stream().map(e -> new Routed(e, difficulty.predict(e.prompt()))).toList();
    this.cheap = examples.stream().mapToDouble(Example::cheap).average().orElseThrow();
    this.able = examples.stream().mapToDouble(Example::able).average().orElseThrow();
  }

  /** What a router comes to whose fallback is the able model. */
  public Outcome at(double qualityDifference) {
    Criterion criterion = new Criterion(qualityDifference, true);
    double quality = 0;
    int toCheap = 0;
    for (Routed each : routed) {
      boolean taken = criterion.takesCheap(each.prediction());
      quality += taken ? each.example().cheap() : each.example().able();
      toCheap += taken ? 1 : 0;
    }
    double share = (double) toCheap / routed.size();
    return new Outcome(
        share, quality / routed.size() / able, (share * cheap + (1 - share) * able) / able);
  }

  /** What the cheap model's quality is, as a share of the able one's. */
  public double cheapQuality() {
    return cheap / able;
  }

  /**
   * The share of the gap between the two models that is recovered, averaged over all shares of
   * prompts that the able model gets, hardest first (RouteLLM's average performance gap recovered).
   * Choosing by chance comes to 0.5.
   */
  public double gapRecovered() {
    List<Routed> hardestFirst = new ArrayList<>(routed);
    hardestFirst.sort(Comparator.comparingDouble(r -> -r.prediction().drop()));
    double recovered = 0;
    double sum = 0;
    for (Routed each : hardestFirst) {
      recovered += each.example().difference();
      sum += recovered;
    }
    return sum / ((routed.size() + 1) * (able - cheap) * routed.size());
  }

  /**
   * How often, of two prompts of which one needs the able model, that one is predicted to lose more
   * by the cheap one: the area under the receiver's curve, 0.5 by chance. NaN when there are no two
   * such prompts.
   */
  public double area() {
    List<Routed> easiestFirst = new ArrayList<>(routed);
    easiestFirst.sort(Comparator.comparingDouble(r -> r.prediction().drop()));
    double ranks = 0;
    long needed = 0;
    for (int from = 0; from < easiestFirst.size(); ) {
      double drop = easiestFirst.get(from).prediction().drop();
      int to = from + 1;
      while (to < easiestFirst.size() && easiestFirst.get(to).prediction().drop() == drop) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (easiestFirst.get(i).example().difference() > NEEDED) {
          needed++;
          ranks += (from + to + 1) / 2.0;
        }
      }
      from = to;
    }
    double pairs = (double) needed * (easiestFirst.size() - needed);
    return pairs == 0 ? Double.NaN : (ranks - needed * (needed + 1) / 2.0) / pairs;
  }
}
