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

/**
 * All models by id: the built-in ones, the user's own, aliases of both, and patterns of aliases.
 * Never changes; another configuration is another catalogue.
 */
public final class Catalogue {

  private static final BuiltIn BUILT_IN = builtIn();

  private final Map<String, CatalogueEntry> byId;
  private final List<AliasPattern> patterns;

  /** As {@code catalogue.json} has it. */
  private record BuiltIn(List<CatalogueEntry> models, Map<String, String> aliases) {}

  private Catalogue(Map<String, CatalogueEntry> byId, List<AliasPattern> patterns) {
    this.byId = Collections.unmodifiableMap(byId);
    this.patterns = patterns;
  }

  /**
   * The built-in entries with the user's over them.
   *
   * @throws IllegalArgumentException when an alias or a fall-back stands for nothing
   */
  public static Catalogue of(ModelsSettings settings) {
    Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
    BUILT_IN.models().forEach(entry -> entries.put(entry.id(), entry));
    settings.entries().forEach(entry -> entries.put(entry.id(), entry));
    Map<String, String> aliases = new LinkedHashMap<>(BUILT_IN.aliases());
    // An entry of the user's under a built-in alias takes the name.
    settings.entries().forEach(entry -> aliases.remove(entry.id()));
    aliases.putAll(settings.aliases());
    Map<String, CatalogueEntry> byId = new LinkedHashMap<>(entries);
    aliases.forEach(
        (alias, id) -> {
          if (!AliasPattern.is(alias)) {
            byId.put(alias, target(entries, alias, id));
          }
        });
    List<AliasPattern> patterns =
        aliases.entrySet().stream()
            .filter(alias -> AliasPattern.is(alias.getKey()))
            .map(a -> AliasPattern.of(a.getKey(), target(byId, a.getKey(), a.getValue())))
            .sorted(AliasPattern.MOST_SPECIFIC_FIRST)
            .toList();
    Catalogue catalogue = new Catalogue(byId, patterns);
    entries.values().forEach(catalogue::checkFallbacks);
    return catalogue;
  }

  private static CatalogueEntry target(
      Map<String, CatalogueEntry> entries, String alias, String id) {
    CatalogueEntry target = entries.get(id);
    if (target == null) {
      throw new IllegalArgumentException(
          "aliases: '%s' stands for '%s', which is no model; the models are %s"
              .formatted(alias, id, entries.keySet()));
    }
    return target;
  }

  private void checkFallbacks(CatalogueEntry entry) {
    for (String id : entry.fallbacks()) {
      CatalogueEntry other =
          find(id)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "models: the fall-back '%s' of '%s' is no model; the models are %s"
                              .formatted(id, entry.id(), byId.keySet())));
      if (other.kind() != entry.kind() || other.id().equals(entry.id())) {
        throw new IllegalArgumentException(
            "models: the fall-back '%s' of '%s' must be another model of the same kind"
                .formatted(id, entry.id()));
      }
    }
  }

  private static BuiltIn builtIn() {
    try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.json")) {
      return new ObjectMapper().readValue(in, BuiltIn.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in catalogue cannot be read", e);
    }
  }

  /**
   * The model that a request names by id, alias, pattern, inference profile or ARN of one of them.
   */
  public Optional<CatalogueEntry> find(String identifier) {
    return exact(identifier).or(() -> byPattern(identifier));
  }

  /**
   * The model that has this very name: an ARN or id as it stands, else the id inside the ARN, else
   * the model of the inference profile.
   */
  public Optional<CatalogueEntry> exact(String identifier) {
    CatalogueEntry entry = byId.get(identifier);
    if (entry == null) {
      String id = ModelIdentifier.id(identifier);
      entry = byId.get(id);
      if (entry == null) {
        entry = byId.get(ModelIdentifier.withoutArea(id));
      }
    }
    return Optional.ofNullable(entry);
  }

  private Optional<CatalogueEntry> byPattern(String identifier) {
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    String id = ModelIdentifier.id(identifier);
    String model = ModelIdentifier.withoutArea(id);
    return patterns.stream()
        .filter(p -> p.fits(identifier) || p.fits(id) || p.fits(model))
        .findFirst()
        .map(AliasPattern::target);
  }

  /** The model id in an identifier, ARN and region prefix taken off. */
  public static String name(String identifier) {
    return ModelIdentifier.withoutArea(ModelIdentifier.id(identifier));
  }

  /** Whether it is the ARN of a prompt of Prompt management. */
  public static boolean isPrompt(String identifier) {
    return ModelIdentifier.isPrompt(identifier);
  }

  /** Every id and alias with its entry, in catalogue order; patterns are not among them. */
  public Map<String, CatalogueEntry> models() {
    return byId;
  }

  /**
   * Those of {@link #models} whose name is that of a system-defined inference profile: {@code us.…}
   * and the other areas.
   */
  public Map<String, CatalogueEntry> profiles() {
    Map<String, CatalogueEntry> profiles = new LinkedHashMap<>();
    byId.forEach(
        (name, entry) -> {
          if (!ModelIdentifier.withoutArea(name).equals(name)) {
            profiles.put(name, entry);
          }
        });
    return profiles;
  }
}
