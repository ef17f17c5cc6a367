package dev.outcrop.models.anthropic;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.models.upstream.Upstream;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Anthropic's Messages API, or a server that speaks it. An endpoint's address ends with the
 * version: {@code https://api.anthropic.com/v1}. Keys are sent as {@code x-api-key}; a service that
 * wants {@code Authorization} gets it by the endpoint's headers.
 *
 * <p>Options of a model's entry: {@code model}, {@code maxTokens}, {@code beta} and {@code
 * structuredOutput} ({@code native} or {@code tool}).
 */
public final class AnthropicProvider implements Provider {

  private final String name;
  private final Upstream upstream;
  private final Map<ModelEntry, AnthropicModel> models = new ConcurrentHashMap<>();

  /**
   * @param name what model entries call it
   * @throws IllegalArgumentException when the settings make no sense
   */
  public AnthropicProvider(String name, ProviderSettings settings) {
    this.name = name;
    settings.endpoints().forEach((endpoint, e) -> check(name, endpoint, e.url()));
    this.upstream = new Upstream(name, settings, new AnthropicProtocol());
  }

  /** Anthropic's own tools take the address without the version, so it is easily left out. */
  private static void check(String provider, String endpoint, URI url) {
    if (url.getPath() == null || url.getPath().replace("/", "").isEmpty()) {
      throw new IllegalArgumentException(
          "providers."
              + provider
              + ".endpoints."
              + endpoint
              + ".url must end with the version, such as https://api.anthropic.com/v1, not '"
              + url
              + "'");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AnthropicModel chat(ModelEntry entry) {
    return models.computeIfAbsent(entry, e -> new AnthropicModel(upstream, AnthropicOptions.of(e)));
  }

  @Override
  public OptionalLong maxOutput(ModelEntry entry) {
    try {
      return chat(entry).maxOutput();
    } catch (ValidationException e) {
      return OptionalLong.empty(); // the call itself will tell what is wrong with the entry
    }
  }

  @Override
  public void close() {
    upstream.close();
  }
}
