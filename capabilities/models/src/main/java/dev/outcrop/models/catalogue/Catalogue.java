package dev.outcrop.models.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All models by id: the built-in ones, the user's own, and aliases of both. */
public final class Catalogue {

  private final Map<String, CatalogueEntry> byId;

  /** As {@code catalogue.json} has it. */
  private record BuiltIn(List<CatalogueEntry> models, Map<String, String> aliases) {}

  private Catalogue(Map<String, CatalogueEntry> byId) {
    this.byId = Collections.unmodifiableMap(byId);
  }

  /**
   * The built-in entries with the user's over them.
   *
   * @throws IllegalArgumentException when an alias stands for nothing
   */
  public static Catalogue of(ModelsSettings settings) {
    BuiltIn builtIn = builtIn();
    Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
    builtIn.models().forEach(entry -> entries.put(entry.id(), entry));
    settings.entries().forEach(entry -> entries.put(entry.id(), entry));
    Map<String, String> aliases = new LinkedHashMap<>(builtIn.aliases());
    // An entry of the user's under a built-in alias takes the name.
    settings.entries().forEach(entry -> aliases.remove(entry.id()));
    aliases.putAll(settings.aliases());
    Map<String, CatalogueEntry> byId = new LinkedHashMap<>(entries);
    aliases.forEach((alias, id) -> byId.put(alias, target(entries, alias, id)));
    return new Catalogue(byId);
  }

  private static CatalogueEntry target(
      Map<String, CatalogueEntry> entries, String alias, String id) {
    CatalogueEntry target = entries.get(id);
    if (target == null) {
      throw new IllegalArgumentException(
          "models.aliases: '"
              + alias
              + "' stands for '"
              + id
              + "', which is no model; the models"
              + " are "
              + entries.keySet());
    }
    return target;
  }

  private static BuiltIn builtIn() {
    try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.json")) {
      return new ObjectMapper().readValue(in, BuiltIn.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in catalogue cannot be read", e);
    }
  }

  /**
   * The model that a request names by id, alias or ARN of a foundation model or inference profile.
   */
  public Optional<CatalogueEntry> find(String identifier) {
    return Optional.ofNullable(byId.get(ModelIdentifier.id(identifier)));
  }

  /** Every id and alias with its entry, in catalogue order. */
  public Map<String, CatalogueEntry> models() {
    return byId;
  }
}
