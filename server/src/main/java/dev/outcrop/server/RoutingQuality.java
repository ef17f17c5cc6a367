package dev.outcrop.server;

import dev.outcrop.cli.CommandFailure;
import dev.outcrop.cli.bench.Target;
import dev.outcrop.models.routing.Difficulty;
import dev.outcrop.models.routing.training.Curve;
import dev.outcrop.models.routing.training.Example;
import dev.outcrop.models.routing.training.Examples;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Measures the difficulty model that prompt routers choose by. */
final class RoutingQuality {
  /** Choosing by chance comes to a half of either. */
  private static final double AREA = 0.58;

  private static final double RECOVERED = 0.6;
  private static final int[] DIFFERENCES = {0, 5, 10, 15, 20, 30};

  /** Of the default routers. */
  private static final int USUAL = 15;

  private static final double NONE = Double.NaN;

  private RoutingQuality() {}

  /**
   * @param limit most prompts; null for all
   */
  static List<Target> of(Path data, Integer limit) throws IOException {
    List<Example> heldOut;
    try {
      heldOut = Examples.read(data).stream().filter(Example::heldOut).toList();
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          "there is no " + e.getFile() + "; name the folder by --data.\n" + Examples.ORIGIN, e);
    }
    List<Example> asked =
        limit == null || limit >= heldOut.size() ? heldOut : heldOut.subList(0, limit);
    Difficulty difficulty = Difficulty.shipped();
    boolean whole = asked.size() == heldOut.size();
    List<Target> numbers = new ArrayList<>();
    Curve all = new Curve(difficulty, asked);
    numbers.add(new Target("prompts", asked.size(), NONE));
    numbers.add(new Target("area under the curve", all.area(), whole ? AREA : NONE));
    numbers.add(new Target("gap recovered", all.gapRecovered(), whole ? RECOVERED : NONE));
    numbers.add(new Target("quality of the cheap model", all.cheapQuality(), NONE));
    for (int each : DIFFERENCES) {
      Curve.Outcome at = all.at(each);
      numbers.add(
          new Target("difference %d: to the cheap model".formatted(each), at.cheapShare(), NONE));
      numbers.add(
          new Target(
              "difference %d: quality".formatted(each),
              at.quality(),
              whole ? at.byChance() : NONE));
    }
    Map<Example.Subject, List<Example>> subjects =
        asked.stream()
            .collect(Collectors.groupingBy(Example::subject, TreeMap::new, Collectors.toList()));
    subjects.forEach(
        (subject, examples) -> add(subject, examples, new Curve(difficulty, examples), numbers));
    numbers.add(new Target("microseconds a prompt", microseconds(difficulty, asked), NONE));
    return numbers;
  }

  private static void add(
      Example.Subject subject, List<Example> examples, Curve curve, List<Target> to) {
    String name = subject.name().toLowerCase(Locale.ROOT) + ": ";
    Curve.Outcome usual = curve.at(USUAL);
    to.add(new Target(name + "prompts", examples.size(), NONE));
    to.add(new Target(name + "area", curve.area(), NONE));
    to.add(new Target(name + "gap recovered", curve.gapRecovered(), NONE));
    to.add(new Target(name + "cheap model's quality", curve.cheapQuality(), NONE));
    to.add(new Target(name + "at %d, to cheap model".formatted(USUAL), usual.cheapShare(), NONE));
    to.add(new Target(name + "at %d, quality".formatted(USUAL), usual.quality(), NONE));
    to.add(new Target(name + "at %d, by chance".formatted(USUAL), usual.byChance(), NONE));
  }

  private static double microseconds(Difficulty difficulty, List<Example> examples) {
    long start = System.nanoTime();
    double sum = 0;
    for (Example example : examples) {
      sum += difficulty.predict(example.prompt()).drop();
    }
    double nanos = System.nanoTime() - start;
    return Double.isNaN(sum) ? NONE : nanos / 1000 / examples.size();
  }
}
