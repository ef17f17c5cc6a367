package dev.outcrop.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outcrop.cli.bench.Target;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What the commands of {@code bench} have in common. */
final class BenchOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the test collections (default: ../shared/data, else ./data).")
  private Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Asks only the first N questions; the targets don't apply then.")
  private Integer limit;

  @Option(names = "--json", description = "Prints the numbers as JSON.")
  private boolean json;

  /** The collection's folder; {@code file} must be in it. */
  Path collection(String name, String file, String origin) {
    List<Path> folders = folders();
    return folders.stream()
        .flatMap(folder -> Stream.of(folder.resolve(name), folder))
        .filter(folder -> Files.isRegularFile(folder.resolve(file)))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "no " + file + " in " + folders + "; name its folder by --data.\n" + origin));
  }

  /** The folders of the test collections that are looked into. */
  private List<Path> folders() {
    return data == null ? List.of(Path.of("..", "shared", "data"), Path.of("data")) : List.of(data);
  }

  /** The first of the folders that has a collection in it; else the last. */
  Path folder(String collection) {
    return folders().stream()
        .filter(folder -> Files.isDirectory(folder.resolve(collection)))
        .findFirst()
        .orElse(folders().getLast());
  }

  /** How many questions to ask; null for all. */
  Integer limit() {
    if (limit != null && limit < 1) {
      throw new CommandFailure("--limit must be 1 or more");
    }
    return limit;
  }

  <T> List<T> first(List<T> questions) {
    return limit() == null || limit >= questions.size() ? questions : questions.subList(0, limit);
  }

  /** The target, unless only some of the questions are asked. */
  Target target(String name, double value, double least) {
    return new Target(name, value, limit == null ? least : Double.NaN);
  }

  /** Prints the numbers; the exit code is 1 when one misses its target. */
  int report(Terminal terminal, List<Target> numbers) throws IOException {
    terminal.answer(json ? json(numbers) : String.join("\n", lines(numbers)));
    return numbers.stream().allMatch(Target::reached) ? 0 : 1;
  }

  private static List<String> lines(List<Target> numbers) {
    return numbers.stream().map(Target::line).toList();
  }

  private static String json(List<Target> numbers) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      for (Target number : numbers) {
        json.writeObjectFieldStart(number.name());
        json.writeNumberField("value", number.value());
        if (!Double.isNaN(number.least())) {
          json.writeNumberField("target", number.least());
          json.writeBooleanField("reached", number.reached());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
