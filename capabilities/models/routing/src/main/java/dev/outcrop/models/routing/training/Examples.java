package dev.outcrop.models.routing.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All examples, from three public repositories, which lie side by side in one folder. */
public final class Examples {

  /** What the folder must have in it, for people. */
  public static final String ORIGIN =
      """
      The difficulty model learns from clones of three repositories on GitHub, side by side:
        RouteLLM         lm-sys/RouteLLM, Apache-2.0: MMLU, GSM8K and MT-Bench, answered and judged
        alpaca_eval      tatsu-lab/alpaca_eval, Apache-2.0: instructions, with judged answers
        simple-evals-ru  kuk/simple-evals-ru, MIT: MATH, MGSM, HumanEval, MBPP, BBH, MMLU-Pro""";

  private Examples() {}

  /**
   * Reads them.
   *
   * @throws NoSuchFileException naming the repository that is missing
   */
  public static List<Example> read(Path folder) throws IOException {
    List<Example> examples = new ArrayList<>();
    examples.addAll(new RouteLlm(repository(folder, "RouteLLM")).examples());
    examples.addAll(new AlpacaEval(repository(folder, "alpaca_eval")).examples());
    examples.addAll(new SimpleEvals(repository(folder, "simple-evals-ru")).examples());
    return examples;
  }

  private static Path repository(Path folder, String name) throws IOException {
    Path repository = folder.resolve(name);
    if (!Files.isDirectory(repository)) {
      throw new NoSuchFileException(repository.toString());
    }
    return repository;
  }
}
