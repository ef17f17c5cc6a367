package dev.outcrop.server;

import dev.outcrop.models.Provider;
import dev.outcrop.models.anthropic.AnthropicProvider;
import dev.outcrop.models.bedrock.BedrockProvider;
import dev.outcrop.models.openai.OpenAiProvider;
import dev.outcrop.models.upstream.ProviderSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The providers that the configuration names. One whose settings are as they were is the same as
 * before, with its connections and what it has learned.
 */
final class RemoteProviders {

  /** Providers that are there without being configured. */
  private static final Set<String> LOCAL = Set.of("llama", "onnx", "outcrop");

  private Map<String, Made> made = Map.of();

  private record Made(ProviderSettings settings, Provider provider) {}

  /**
   * All providers of the settings.
   *
   * @throws IllegalArgumentException when one can't be made, has a name that is taken, or is missed
   *     by a model; then the next call finds what was there before
   */
  synchronized List<Provider> of(Settings settings) {
    checkNames(settings);
    Map<String, Made> now = new HashMap<>();
    List<Provider> fresh = new ArrayList<>();
    try {
      settings
          .providers()
          .forEach(
              (name, each) -> {
                Made before = made.get(name);
                if (before != null && before.settings().equals(each)) {
                  now.put(name, before);
                } else {
                  Provider provider = make(name, each);
                  fresh.add(provider);
                  now.put(name, new Made(each, provider));
                }
              });
    } catch (RuntimeException e) {
      fresh.forEach(Provider::close);
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    made = now;
    return now.values().stream().map(Made::provider).toList();
  }

  private static Provider make(String name, ProviderSettings settings) {
    return switch (settings.type()) {
      case OPENAI -> new OpenAiProvider(name, settings);
      case ANTHROPIC -> new AnthropicProvider(name, settings);
      case BEDROCK -> new BedrockProvider(name, settings);
    };
  }

  private static void checkNames(Settings settings) {
    Set<String> known = new TreeSet<>(LOCAL);
    for (String name : settings.providers().keySet()) {
      if (!known.add(name)) {
        throw new IllegalArgumentException(
            "providers." + name + ": the name is taken, the built-in providers are " + LOCAL);
      }
    }
    settings
        .models()
        .forEach(
            (id, model) -> {
              if (!known.contains(model.provider())) {
                throw new IllegalArgumentException(
                    "models."
                        + id
                        + ".provider: there is no provider '"
                        + model.provider()
                        + "'; the providers are "
                        + known);
              }
            });
  }
}
