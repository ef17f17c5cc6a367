package dev.outcrop.models.onnx;

import dev.outcrop.models.ModelEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an entry's options say about an embedding model.
 *
 * @param network where the ONNX file is: {@code classpath:name} or a path
 * @param tokenizer where the {@code tokenizer.json} is: {@code classpath:name} or a path
 * @param pooling {@code cls} or {@code mean}
 * @param window most tokens at once, special tokens included
 * @param queryPrefix put before queries; often empty
 * @param dimensions what the vectors may be cut to, the model's own first; only models trained for
 *     it (Matryoshka) have more than one
 */
record EmbeddingSettings(
    String network,
    String tokenizer,
    Pooling pooling,
    int window,
    String queryPrefix,
    List<Integer> dimensions) {

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of("network", "tokenizer", "pooling", "window", "queryPrefix", "dimensions"));

  static EmbeddingSettings of(ModelEntry entry) {
    Map<String, String> options = entry.options();
    for (String key : options.keySet()) {
      if (!KEYS.contains(key)) {
        throw invalid(entry, "unknown option '" + key + "'; the options are " + KEYS);
      }
    }
    String network = entry.file() == null ? options.get("network") : entry.file().toString();
    return new EmbeddingSettings(
        required(entry, "network", network),
        required(entry, "tokenizer", options.get("tokenizer")),
        pooling(entry, required(entry, "pooling", options.get("pooling"))),
        number(entry, "window", required(entry, "window", options.get("window")), 8, 1 << 17),
        options.getOrDefault("queryPrefix", ""),
        List.of(required(entry, "dimensions", options.get("dimensions")).split(",")).stream()
            .map(d -> number(entry, "dimensions", d.strip(), 1, 1 << 16))
            .toList());
  }

  private static String required(ModelEntry entry, String key, String value) {
    if (value == null || value.isBlank()) {
      throw invalid(entry, "option '" + key + "' is missing");
    }
    return value;
  }

  private static Pooling pooling(ModelEntry entry, String name) {
    try {
      return Pooling.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw invalid(entry, "option 'pooling' is '" + name + "', expected cls or mean");
    }
  }

  private static int number(ModelEntry entry, String key, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    throw invalid(
        entry,
        "option '" + key + "' is '" + value + "', expected a number from " + least + " to " + most);
  }

  private static IllegalArgumentException invalid(ModelEntry entry, String problem) {
    return new IllegalArgumentException("model " + entry.id() + ": " + problem);
  }
}
