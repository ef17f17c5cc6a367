package dev.outcrop.models;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.files.ModelFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Running models by the names that requests use: the catalogue, the files and the providers. */
public final class Models implements AutoCloseable {

  /** Below the time that SDKs wait for an answer by default. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Catalogue catalogue;
  private final FirstUse firstUse;
  private final Map<String, Provider> providers;

  /**
   * @param providers closed with this
   */
  public Models(Catalogue catalogue, ModelFiles files, List<Provider> providers) {
    this.catalogue = catalogue;
    this.firstUse = new FirstUse(files, PATIENCE);
    this.providers =
        providers.stream()
            .collect(Collectors.toUnmodifiableMap(Provider::name, Function.identity()));
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /**
   * The entry of a model id, alias or ARN.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none
   */
  CatalogueEntry entry(String modelId) {
    return catalogue.find(modelId).orElseThrow(RuntimeErrors::unknownModel);
  }

  private CatalogueEntry runnable(String modelId) {
    CatalogueEntry entry = entry(modelId);
    if (entry.kind() == ModelEntry.Kind.QUOTE) {
      throw RuntimeErrors.invalid(
          modelId
              + " quotes retrieved documents and has no other use: name it in"
              + " RetrieveAndGenerate, or choose another model here.");
    }
    return entry;
  }

  /**
   * The chat model with this id, alias or ARN; its file is fetched if the entry allows it.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none, or it does something else
   */
  public ChatModel chat(String modelId) {
    CatalogueEntry entry = runnable(modelId);
    if (entry.kind() != ModelEntry.Kind.CHAT) {
      throw RuntimeErrors.notForConverse();
    }
    return provider(entry).chat(firstUse.ready(entry));
  }

  /**
   * The embedding model with this id, alias or ARN.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none, or it does something else
   */
  public EmbeddingModel embedding(String modelId) {
    CatalogueEntry entry = runnable(modelId);
    if (entry.kind() != ModelEntry.Kind.EMBEDDING) {
      throw RuntimeErrors.invalid(modelId + " is not an embedding model.");
    }
    return provider(entry).embedding(firstUse.ready(entry));
  }

  /** The image model with this id, alias or ARN. */
  ImageModel image(String modelId) {
    CatalogueEntry entry = runnable(modelId);
    if (entry.kind() != ModelEntry.Kind.IMAGE) {
      throw RuntimeErrors.invalid(modelId + " is not an image model.");
    }
    return provider(entry).image(firstUse.ready(entry));
  }

  /** The reranking model with this id, alias or ARN. */
  RerankModel rerank(String modelId) {
    CatalogueEntry entry = runnable(modelId);
    if (entry.kind() != ModelEntry.Kind.RERANK) {
      throw RuntimeErrors.invalid(modelId + " is not a reranking model.");
    }
    return provider(entry).rerank(firstUse.ready(entry));
  }

  /** The model that takes native bodies as they are, if it is one. */
  Optional<NativeModel> nativeBodies(String modelId) {
    CatalogueEntry entry = runnable(modelId);
    return provider(entry).nativeBodies(firstUse.ready(entry));
  }

  private Provider provider(CatalogueEntry entry) {
    Provider provider = providers.get(entry.provider());
    if (provider == null) {
      throw RuntimeErrors.invalid(
          "model "
              + entry.id()
              + " asks for the provider '"
              + entry.provider()
              + "', which is not here; the providers are "
              + providers.keySet().stream().sorted().toList()
              + ".");
    }
    return provider;
  }

  @Override
  public void close() {
    providers.values().forEach(Provider::close);
    firstUse.close();
  }
}
