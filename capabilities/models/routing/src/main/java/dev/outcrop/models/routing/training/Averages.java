package dev.outcrop.models.routing.training;

import dev.outcrop.models.routing.training.Example.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Qualities of several models' answers by question, which come to one example each. */
final class Averages {
  private static final int FEWEST = 4;

  private final Map<String, Sums> questions = new LinkedHashMap<>();

  private static final class Sums {
    private final double[] sum = new double[2];
    private final int[] count = new int[2];

    private double mean(int which) {
      return sum[which] / count[which];
    }
  }

  void add(String question, boolean able, double quality) {
    Sums sums = questions.computeIfAbsent(question, id -> new Sums());
    int which = able ? 1 : 0;
    sums.sum[which] += quality;
    sums.count[which]++;
  }

  /**
   * The questions that enough models of either size have answered.
   *
   * @param prompts prompt by question
   */
  List<Example> examples(String source, Subject subject, UnaryOperator<String> prompts) {
    List<Example> examples = new ArrayList<>();
    questions.forEach(
        (question, sums) -> {
          if (sums.count[0] >= FEWEST && sums.count[1] >= FEWEST) {
            String prompt = prompts.apply(question);
            examples.add(Example.of(source, subject, prompt, sums.mean(0), sums.mean(1)));
          }
        });
    return examples;
  }
}
