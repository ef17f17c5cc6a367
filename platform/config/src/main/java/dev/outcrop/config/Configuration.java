package dev.outcrop.config;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a program, declared by a record whose components are the modules' records:
 *
 * <pre>{@code
 * record Settings(
 *     @Setting(doc = "How to serve.") ServerSettings server,
 *     @Setting(doc = "Models by id.", key = "id") Map<String, ModelSettings> models) {}
 *
 * Settings settings = Configuration.of(Settings.class).load(Sources.of(home, System.getenv(), flags));
 * }</pre>
 *
 * <p>What the command line says ({@code --set server.port=4567}) wins over the environment ({@code
 * OUTCROP_SERVER_PORT}), that over the file, that over the defaults. In the file {@code ${NAME}} is
 * the environment variable of that name.
 */
public final class Configuration<T extends Record> {
  private final Class<T> type;
  private final Shape.Section root;

  private Configuration(Class<T> type) {
    this.type = type;
    this.root = Shape.of(type);
  }

  public static <T extends Record> Configuration<T> of(Class<T> settings) {
    return new Configuration<>(settings);
  }

  /**
   * Reads all sources.
   *
   * @throws ConfigurationException with every unknown key, wrong type, value out of range and
   *     missing setting at once
   */
  public T load(Sources sources) {
    List<Problem> problems = new ArrayList<>();
    Tree.Group tree = file(sources, problems);
    Overrides overrides = new Overrides(root, tree, problems);
    overrides.environment(sources.environment());
    overrides.flags(sources.flags());
    Object settings = new Binder(problems).section(root, tree, "");
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return type.cast(settings);
  }

  /** Every setting there is. */
  public List<Key> keys() {
    return Shape.keys(root, "");
  }

  /** Every setting with its type, default and meaning, to be printed. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (Key key : keys()) {
      String fallback = key.required() ? "required" : "default " + key.fallback();
      text.append(key.path())
          .append("  (")
          .append(key.type())
          .append(!key.required() && key.fallback().isEmpty() ? "" : "; " + fallback)
          .append(")\n    ")
          .append(key.doc())
          .append('\n');
    }
    return text.toString();
  }

  private static Tree.Group file(Sources sources, List<Problem> problems) {
    if (Files.exists(sources.file())) {
      return new YamlFile(sources.file(), sources.environment(), problems).read();
    }
    if (sources.fileRequired()) {
      problems.add(new Problem(sources.file().toString(), "there is no such file"));
    }
    return Tree.Group.empty();
  }
}
