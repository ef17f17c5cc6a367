package dev.outcrop.server;

import dev.outcrop.config.Setting;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import dev.outcrop.models.catalogue.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of the user's own: one entry below {@code models:}. */
public record ModelSettings(
    @Setting(doc = "Who runs it: llama, onnx or one of providers.") String provider,
    @Setting(doc = "What it does: chat, embedding, image or rerank.", value = "chat")
        ModelEntry.Kind kind,
    @Setting(
            doc =
                "Where its file is: a path, hf:owner/repository/file, an https address or"
                    + " pip:package==version/file; remote models have none.")
        Optional<String> source,
    @Setting(doc = "SHA-256 of a file that is fetched.") Optional<String> sha256,
    @Setting(doc = "A name for people.") Optional<String> name,
    @Setting(doc = "Who made it.") Optional<String> vendor,
    @Setting(doc = "The provider's own options.", key = "option") Map<String, String> options,
    @Setting(doc = "What it costs.") PriceSettings prices,
    @Setting(doc = "Models that are asked in turn when this one fails before it answers.")
        List<String> fallbacks) {

  /** What a model costs, in US dollars. */
  public record PriceSettings(
      @Setting(doc = "US dollars for a million tokens read.", min = 0) Optional<BigDecimal> input,
      @Setting(doc = "US dollars for a million tokens written.", min = 0)
          Optional<BigDecimal> output,
      @Setting(doc = "US dollars for a million input tokens that a cache had.", min = 0)
          Optional<BigDecimal> cacheRead,
      @Setting(doc = "US dollars for a million input tokens put into a cache.", min = 0)
          Optional<BigDecimal> cacheWrite,
      @Setting(doc = "US dollars for an image made.", min = 0) Optional<BigDecimal> image) {

    private static final PriceSettings UNKNOWN =
        new PriceSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private Prices prices() {
      return new Prices(
          input.orElse(null),
          output.orElse(null),
          cacheRead.orElse(null),
          cacheWrite.orElse(null),
          image.orElse(null));
    }
  }

  /** A model in a file. */
  static ModelSettings ofFile(String provider, ModelEntry.Kind kind, String source) {
    return of(provider, kind, Optional.of(source), Map.of());
  }

  /**
   * A remote model.
   *
   * @param model what its provider calls it
   */
  static ModelSettings remote(String provider, ModelEntry.Kind kind, String model) {
    return of(provider, kind, Optional.empty(), Map.of("model", model));
  }

  private static ModelSettings of(
      String provider, ModelEntry.Kind kind, Optional<String> source, Map<String, String> options) {
    return new ModelSettings(
        provider,
        kind,
        source,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        options,
        PriceSettings.UNKNOWN,
        List.of());
  }

  CatalogueEntry entry(String id) {
    return new CatalogueEntry(
        id,
        name.orElse(null),
        vendor.orElse(null),
        provider,
        kind,
        source.map(Source::parse).orElse(null),
        sha256.orElse(null),
        0,
        null,
        true,
        options,
        prices.prices(),
        fallbacks);
  }
}
