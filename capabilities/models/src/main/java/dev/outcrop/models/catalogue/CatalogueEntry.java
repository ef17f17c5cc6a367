package dev.outcrop.models.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.outcrop.models.ModelEntry;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A model that Outcrop can run: what it is, who runs it and where its file comes from.
 *
 * @param id the model id, for example {@code outcrop.smollm2-135m-instruct-v1}
 * @param name for people, for example {@code SmolLM2 135M Instruct}
 * @param vendor who made the model; what {@code ListFoundationModels} calls its provider
 * @param provider the {@link dev.outcrop.models.Provider#name() provider} that runs it
 * @param kind what it does
 * @param source where its file comes from; null for models that need none
 * @param sha256 of the file, 64 hexadecimal digits; null when not known before the first download,
 *     then the one that the source reports is checked and remembered
 * @param bytes size of the file; 0 when not known
 * @param licence SPDX id or the name of the terms
 * @param pullOnUse whether the first request fetches the file; otherwise a person has to
 * @param options the provider's own settings; for a remote provider {@code model}, what the
 *     provider calls the model
 * @param prices what it costs
 * @param fallbacks ids of models that are asked in turn when this one fails before it answered
 */
public record CatalogueEntry(
    @JsonProperty(required = true) String id,
    String name,
    String vendor,
    @JsonProperty(required = true) String provider,
    @JsonProperty(required = true) ModelEntry.Kind kind,
    Source source,
    String sha256,
    long bytes,
    String licence,
    boolean pullOnUse,
    Map<String, String> options,
    Prices prices,
    List<String> fallbacks) {

  /** What the API allows in a model id. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,138}");

  private static final String MAX_OUTPUT = "maxOutputTokens";

  /**
   * Options of any model, whoever runs it: {@code input}, what it takes ({@code text,image}),
   * {@code body}, the family of its native bodies where its id names none, and {@code
   * maxOutputTokens}, the most tokens of an answer that sets no bound, which budgets reserve.
   */
  private static final Set<String> COMMON_OPTIONS = Set.of("input", "body", MAX_OUTPUT);

  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public CatalogueEntry {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'" + id + "' cannot be a model id: use letters, digits, and . _ : - inside");
    }
    if (sha256 != null && !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "model " + id + ": sha256 must be 64 lower-case hexadecimal digits");
    }
    if (sha256 != null && (source == null || source instanceof Source.Local)) {
      throw new IllegalArgumentException("model " + id + ": sha256 is for files that are fetched");
    }
    if (sha256 == null
        && source instanceof Source.Web web
        && web.uri().getScheme().equals("http")) {
      throw new IllegalArgumentException(
          "model " + id + ": anyone on the way can change what comes over http; give its sha256");
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("model " + id + ": bytes cannot be negative");
    }
    String maxOutput = options == null ? null : options.get(MAX_OUTPUT);
    if (maxOutput != null && !COUNT.matcher(maxOutput).matches()) {
      throw new IllegalArgumentException(
          "model " + id + ": maxOutputTokens must be a number of tokens, not " + maxOutput);
    }
    name = name == null ? id : name;
    vendor = vendor == null ? "User" : vendor;
    licence = licence == null ? "unknown" : licence;
    options = options == null ? Map.of() : Map.copyOf(options);
    prices = prices == null ? Prices.UNKNOWN : prices;
    fallbacks = fallbacks == null ? List.of() : List.copyOf(fallbacks);
  }

  /** The most tokens of an answer that sets no bound; 0 when it isn't said. */
  public long maxOutput() {
    String said = options.get(MAX_OUTPUT);
    return said == null ? 0 : Long.parseLong(said);
  }

  /** What the provider is given once the file is here: without options that aren't its own. */
  public ModelEntry withFile(Path file) {
    Map<String, String> own = options;
    if (!Collections.disjoint(options.keySet(), COMMON_OPTIONS)) {
      own = new LinkedHashMap<>(options);
      own.keySet().removeAll(COMMON_OPTIONS);
    }
    return new ModelEntry(id, provider, kind, file, own);
  }

  /** The entry with every option, for what reads native bodies. */
  public ModelEntry described() {
    return new ModelEntry(id, provider, kind, null, options);
  }

  /**
   * A chat model in a GGUF file of the user's, named on the command line: {@code ./model.gguf} or
   * {@code hf:owner/repository/model.gguf}.
   */
  public static CatalogueEntry ofGguf(String location) {
    Source source =
        location.startsWith("hf:") || location.startsWith("https:") || location.startsWith("file:")
            ? Source.parse(location)
            : new Source.Local(Path.of(location).toAbsolutePath().normalize());
    String file = source.fileName();
    String id = file.replaceFirst("(?i)\\.gguf$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    return new CatalogueEntry(
        "local." + id,
        file,
        "User",
        "llama",
        ModelEntry.Kind.CHAT,
        source,
        null,
        0,
        null,
        false,
        Map.of(),
        null,
        null);
  }
}
