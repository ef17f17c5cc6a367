package dev.outcrop.models.onnx;

import dev.outcrop.models.ModelEntry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The two models on the class path, as entries. */
final class Entries {

  /** One for all tests: a process loads the libraries once. */
  static final Path NATIVE = Path.of("target", "native").toAbsolutePath();

  static final String PREFIX = "Represent this sentence for searching relevant passages: ";

  private Entries() {}

  static ModelEntry of(String model) {
    return switch (model) {
      case "bge-small-en-v1.5" -> entry("bge-small-en-v1.5", "cls", 512, PREFIX);
      case "all-minilm-l6-v2" -> entry("all-minilm-l6-v2", "mean", 256, "");
      default -> throw new IllegalArgumentException(model);
    };
  }

  static ModelEntry with(ModelEntry entry, String option, String value) {
    Map<String, String> options = new HashMap<>(entry.options());
    options.put(option, value);
    return new ModelEntry(entry.id(), entry.provider(), entry.kind(), entry.file(), options);
  }

  private static ModelEntry entry(String name, String pooling, int window, String prefix) {
    return new ModelEntry(
        "outcrop." + name,
        "onnx",
        ModelEntry.Kind.EMBEDDING,
        null,
        Map.of(
            "network",
            "classpath:" + name + "-q.onnx",
            "tokenizer",
            "classpath:" + name + "-q-tokenizer.json",
            "pooling",
            pooling,
            "window",
            String.valueOf(window),
            "queryPrefix",
            prefix,
            "dimensions",
            "384"));
  }
}
