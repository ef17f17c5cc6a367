package dev.outcrop.models.upstream;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the options of a model's entry and collects all that is wrong with them. */
public final class EntryOptions {

  private final String id;
  private final Map<String, String> rest;
  private final List<String> problems = new ArrayList<>();

  public EntryOptions(ModelEntry entry) {
    id = entry.id();
    rest = new HashMap<>(entry.options());
  }

  /** Text with its spaces, or the other. */
  public String raw(String key, String otherwise) {
    String value = rest.remove(key);
    return value == null ? otherwise : value;
  }

  /** Text, or the other. */
  public String text(String key, String otherwise) {
    String value = rest.remove(key);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /** Items with commas between them. */
  public List<String> list(String key) {
    String value = text(key, "");
    return value.isEmpty()
        ? List.of()
        : Arrays.stream(value.split(",")).map(String::strip).filter(i -> !i.isEmpty()).toList();
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    String value = text(key, String.valueOf(otherwise));
    if (!value.equals("true") && !value.equals("false")) {
      problems.add(key + " must be true or false, not " + value);
    }
    return value.equals("true");
  }

  /** A whole number in a range. */
  public int number(String key, int otherwise, int least, int most) {
    String value = text(key, String.valueOf(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number == otherwise || (number >= least && number <= most)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with what is expected.
    }
    problems.add(key + " must be a whole number from " + least + " to " + most + ", not " + value);
    return otherwise;
  }

  /** A constant, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    String value = text(key, null);
    if (value == null) {
      return otherwise;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(value)) {
        return constant;
      }
      names.add(name);
    }
    problems.add(key + " must be one of " + String.join(", ", names) + ", not " + value);
    return otherwise;
  }

  /** Adds what else is wrong. */
  public void problem(String problem) {
    problems.add(problem);
  }

  /**
   * After the last option.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException with
   *     everything that was wrong, options nobody asked for among it
   */
  public void finish() {
    rest.keySet().stream().sorted().forEach(key -> problems.add("unknown option " + key));
    if (!problems.isEmpty()) {
      throw RuntimeErrors.invalid("model " + id + ": " + String.join("; ", problems));
    }
  }
}
