package dev.outcrop.server;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.ProviderSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Language models that could be used without being configured: by a key in the environment, or by
 * an Ollama on its usual port. They are offered when no provider is configured, and used only by
 * who names one: {@code --model openai:MODEL}.
 */
enum Offers {
  OPENAI("OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1", "openai"),
  ANTHROPIC("ANTHROPIC_API_KEY", null, "https://api.anthropic.com/v1", "anthropic"),
  OLLAMA(null, null, "http://127.0.0.1:11434/v1", "openai");

  private static final int OLLAMA_PORT = 11434;
  private static final int PATIENCE_MILLIS = 200;

  private final String key;
  private final String base;
  private final String url;
  private final String type;

  Offers(String key, String base, String url, String type) {
    this.key = key;
    this.base = base;
    this.url = url;
    this.type = type;
  }

  /** A line for each; none where a provider is configured. */
  static List<String> lines(Settings settings, Map<String, String> environment) {
    List<String> lines = new ArrayList<>();
    if (settings.providers().isEmpty()) {
      for (Offers offer : values()) {
        if (offer.isHere(environment)) {
          lines.add(
              (offer.key == null ? "Ollama runs on this machine" : offer.key + " is set")
                  + "; nothing uses it unless you say so: ./outcrop ask … --model "
                  + offer.prefix()
                  + "MODEL");
        }
      }
    }
    return lines;
  }

  private boolean isHere(Map<String, String> environment) {
    return key == null ? answers() : !environment.getOrDefault(key, "").isBlank();
  }

  private static boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), OLLAMA_PORT), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String prefix() {
    return name().toLowerCase(Locale.ROOT) + ":";
  }

  /**
   * The settings with the model that somebody named this way; as they are when the name is none of
   * these, or means something already.
   *
   * @throws IllegalArgumentException when the key for it is missing
   */
  static Settings taken(Settings settings, String model, Map<String, String> environment) {
    if (!settings.models().containsKey(model) && !settings.aliases().containsKey(model)) {
      for (Offers offer : values()) {
        if (model.startsWith(offer.prefix()) && model.length() > offer.prefix().length()) {
          return offer.add(settings, model, environment);
        }
      }
    }
    return settings;
  }

  private Settings add(Settings settings, String model, Map<String, String> environment) {
    String provider = name().toLowerCase(Locale.ROOT);
    Map<String, ProviderSettings> providers = new LinkedHashMap<>(settings.providers());
    providers.computeIfAbsent(provider, name -> provider(environment));
    String theirs = model.substring(prefix().length());
    // An id that the API takes in an ARN, too; the name that was given stands for it.
    String id = provider + "." + theirs.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Map<String, ModelSettings> models = new LinkedHashMap<>(settings.models());
    models.put(id, ModelSettings.remote(provider, ModelEntry.Kind.CHAT, theirs));
    Map<String, String> aliases = new LinkedHashMap<>(settings.aliases());
    aliases.put(model, id);
    return settings.with(models, providers, aliases);
  }

  private ProviderSettings provider(Map<String, String> environment) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("type", type);
    flags.put(
        "endpoints.main.url",
        Optional.ofNullable(base).map(environment::get).filter(b -> !b.isBlank()).orElse(url));
    if (key != null) {
      String secret = environment.getOrDefault(key, "");
      if (secret.isBlank()) {
        throw new IllegalArgumentException(
            "a model named " + prefix() + "… needs " + key + " in the environment");
      }
      flags.put("endpoints.main.keys", secret);
    }
    return ProviderSettings.of(flags);
  }
}
