package dev.outcrop.models.routing.training;

import dev.outcrop.models.routing.Difficulty;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code benchmarks/train-routing DATA FILE} trains the difficulty model on the examples that are
 * not held out, and writes it. The same data come to the same file.
 */
public final class Main {
  private Main() {}

  /** Exit status 2 for wrong arguments or absent data. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      fail("usage: train-routing DATA FILE\n" + Examples.ORIGIN);
    }
    List<Example> examples;
    try {
      examples = Examples.read(Path.of(arguments[0]));
    } catch (NoSuchFileException e) {
      fail("there is no " + e.getFile() + "\n" + Examples.ORIGIN);
      return;
    }
    List<Example> learned = examples.stream().filter(e -> !e.heldOut()).toList();
    Map<String, Long> sources =
        learned.stream()
            .collect(Collectors.groupingBy(Example::source, TreeMap::new, Collectors.counting()));
    System.err.println("Learning from " + sources);
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("command", "benchmarks/train-routing DATA FILE");
    provenance.put("data", List.of(Examples.ORIGIN.split("\n")));
    provenance.put("learnedFrom", sources);
    provenance.put("heldOut", examples.size() - learned.size());
    Difficulty difficulty = new Trainer(learned).train(provenance);
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
      difficulty.write(out);
    }
    System.err.println(
        "Difference = %.3f + %.3f x".formatted(difficulty.offset(), difficulty.slope()));
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(2);
  }
}
