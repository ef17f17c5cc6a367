package dev.outcrop.models.llama;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.llama.binding.ContextSettings.CacheType;
import dev.outcrop.models.llama.engine.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a model's entry.
 *
 * <ul>
 *   <li>{@code contextLength}: most tokens of one conversation; default the model's own, at most
 *       8192
 *   <li>{@code parallel}: requests decoded together; default 4
 *   <li>{@code cacheTokens}: tokens in the key-value cache of all requests and kept prefixes;
 *       default 16384, or contextLength if that is more
 *   <li>{@code prefixes}: finished conversations kept for their beginning; default 4
 *   <li>{@code threads}: default leaves a core for the server, but while several answers are
 *       written
 *   <li>{@code batch}: most tokens computed in one step; default 512
 *   <li>{@code gpuLayers}: layers on the GPU; default -1, all, where there is one
 *   <li>{@code flashAttention}: auto (default), on, off
 *   <li>{@code cacheType}: F16 (default), F32, Q8_0
 *   <li>{@code temperature}, {@code topP}, {@code topK}: when the request has none; 0.5, 0.9, 0
 * </ul>
 */
record LlamaOptions(Message.Load load, float temperature, float topP, int topK) {

  static LlamaOptions of(ModelEntry entry) {
    var reader = new Reader(entry.options());
    int contextLength = reader.number("contextLength", 0, 0, 1 << 24);
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = reader.number("threads", threads(cores), 1, 512);
    // Several answers at once are worth the core that one alone leaves to the server.
    int together = entry.options().containsKey("threads") || cores > 8 ? threads : cores;
    var load =
        new Message.Load(
            /* libraries: known when it is loaded */ "",
            entry.file().toString(),
            contextLength,
            reader.number("cacheTokens", 0, 0, 1 << 26),
            reader.number("batch", 512, 16, 8192),
            reader.number("parallel", 4, 1, 128),
            reader.number("prefixes", 4, 0, 128),
            threads,
            together,
            reader.number("gpuLayers", -1, -1, 10_000),
            reader.choice("flashAttention", "auto", List.of("auto", "on", "off")),
            reader.choice(
                "cacheType", "F16", Arrays.stream(CacheType.values()).map(Enum::name).toList()));
    var options =
        new LlamaOptions(
            load,
            reader.decimal("temperature", 0.5f, 0, 1),
            reader.decimal("topP", 0.9f, 0, 1),
            reader.number("topK", 0, 0, 1_000_000));
    reader.finish(entry.id());
    return options;
  }

  /** The engine's threads spin at barriers: more of them than free cores costs dearly. */
  static int threads(int cores) {
    return Math.clamp(cores <= 8 ? cores - 1 : cores / 2, 1, 16);
  }

  /** Collects all that is wrong with the options before it throws. */
  private static final class Reader {
    private final Map<String, String> rest;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> options) {
      rest = new HashMap<>(options);
    }

    int number(String key, int otherwise, int min, int max) {
      String text = rest.remove(key);
      try {
        int value = text == null ? otherwise : Integer.parseInt(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, with what is expected.
      }
      problems.add(key + " must be a whole number from " + min + " to " + max + ", not " + text);
      return otherwise;
    }

    float decimal(String key, float otherwise, float min, float max) {
      String text = rest.remove(key);
      try {
        float value = text == null ? otherwise : Float.parseFloat(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, with what is expected.
      }
      problems.add(key + " must be from " + min + " to " + max + ", not " + text);
      return otherwise;
    }

    String choice(String key, String otherwise, List<String> values) {
      String value = rest.getOrDefault(key, otherwise);
      rest.remove(key);
      if (!values.contains(value)) {
        problems.add(key + " must be one of " + values + ", not " + value);
      }
      return value;
    }

    void finish(String id) {
      rest.keySet().forEach(k -> problems.add("unknown option " + k));
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException("model " + id + ": " + String.join("; ", problems));
      }
    }
  }
}
