package dev.outcrop.models.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code models:} part of the configuration.
 *
 * @param entries the user's own models; one with a built-in id replaces it
 * @param aliases further model ids and the ids they stand for; one with a built-in alias replaces
 *     it
 * @param queue most requests that one model has in hand, waiting ones included; more are throttled
 */
public record ModelsSettings(List<CatalogueEntry> entries, Map<String, String> aliases, int queue) {

  /** Used when {@code queue} is not configured. */
  public static final int DEFAULT_QUEUE = 64;

  public ModelsSettings {
    entries = entries == null ? List.of() : List.copyOf(entries);
    aliases = aliases == null ? Map.of() : Map.copyOf(new LinkedHashMap<>(aliases));
    if (queue < 1) {
      throw new IllegalArgumentException("models.queue is " + queue + ", expected at least 1");
    }
  }

  /** Nothing configured. */
  public static ModelsSettings defaults() {
    return new ModelsSettings(List.of(), Map.of(), DEFAULT_QUEUE);
  }
}
