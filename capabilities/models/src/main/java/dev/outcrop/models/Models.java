package dev.outcrop.models;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.files.ModelFiles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The models that there are and the providers that run them. What the configuration says of them
 * can change while calls are under way: a call sees the old state or the new one, never a mixture.
 */
public final class Models implements AutoCloseable {

  /** Below the time that SDKs wait for an answer by default. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final FirstUse firstUse;
  private volatile State state;

  private record State(Catalogue catalogue, Map<String, Shared> providers) {}

  /**
   * @param local providers that compute on this machine, where requests queue for a model; closed
   *     with this
   */
  public Models(Catalogue catalogue, ModelFiles files, List<Provider> local) {
    this.firstUse = new FirstUse(files, PATIENCE);
    Map<String, Shared> providers = new LinkedHashMap<>();
    local.forEach(provider -> providers.put(provider.name(), new Shared(provider, true)));
    this.state = new State(catalogue, providers);
  }

  /**
   * Takes up a new configuration. Providers that were given before are kept as they are; those that
   * are not given any more are closed when the last call has ended that uses them.
   *
   * @param remote all providers beside the local ones
   */
  public synchronized void configure(Catalogue catalogue, List<Provider> remote) {
    Map<String, Shared> before = state.providers();
    Map<String, Shared> now = new LinkedHashMap<>();
    before.forEach(
        (name, shared) -> {
          if (shared.local()) {
            now.put(name, shared);
          }
        });
    for (Provider provider : remote) {
      Shared same = before.get(provider.name());
      now.put(
          provider.name(),
          same != null && same.provider() == provider ? same : new Shared(provider, false));
    }
    state = new State(catalogue, now);
    before.values().stream().filter(shared -> !now.containsValue(shared)).forEach(Shared::retire);
  }

  /** The models that there are at this moment. */
  public Catalogue catalogue() {
    return state.catalogue();
  }

  /**
   * The entry of a model id, alias or ARN.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none
   */
  CatalogueEntry entry(String modelId) {
    return catalogue().find(modelId).orElseThrow(RuntimeErrors::unknownModel);
  }

  /**
   * The chat model with this id, alias or ARN; its file is fetched if the entry allows it.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none, or it does something else
   */
  public ChatModel chat(String modelId) {
    return of(entry(modelId), Served::chat);
  }

  /**
   * The embedding model with this id, alias or ARN.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none, or it does something else
   */
  public EmbeddingModel embedding(String modelId) {
    return of(entry(modelId), Served::embedding);
  }

  private <T> T of(CatalogueEntry entry, Function<Served, T> work) {
    return with(entry, null, work);
  }

  /**
   * Works with a model, whose provider stays open meanwhile.
   *
   * @param admission bounds how many requests a local model has in hand; null for no bound
   */
  <T> T with(CatalogueEntry entry, Admission admission, Function<Served, T> work) {
    if (entry.kind() == ModelEntry.Kind.QUOTE) {
      throw RuntimeErrors.invalid(
          entry.id()
              + " quotes retrieved documents and has no other use: name it in"
              + " RetrieveAndGenerate, or choose another model here.");
    }
    Shared shared = held(entry);
    try {
      Served served = new Served(entry, shared.provider(), firstUse);
      return admission == null || !shared.local()
          ? work.apply(served)
          : admission.enter(entry.id(), () -> work.apply(served));
    } finally {
      shared.release();
    }
  }

  /** The most tokens of an answer of a model that sets no bound, as far as that is known. */
  long mostOutput(CatalogueEntry entry) {
    if (entry.maxOutput() > 0) {
      return entry.maxOutput();
    }
    Shared shared = state.providers().get(entry.provider());
    if (shared == null || !shared.hold()) {
      return Estimate.OUTPUT;
    }
    try {
      return shared.provider().maxOutput(entry.withFile(null)).orElse(Estimate.OUTPUT);
    } finally {
      shared.release();
    }
  }

  private Shared held(CatalogueEntry entry) {
    while (true) {
      Map<String, Shared> providers = state.providers();
      Shared shared = providers.get(entry.provider());
      if (shared == null) {
        throw RuntimeErrors.invalid(
            "model "
                + entry.id()
                + " asks for the provider '"
                + entry.provider()
                + "', which is not here; the providers are "
                + providers.keySet().stream().sorted().toList()
                + ".");
      }
      if (shared.hold()) {
        return shared;
      }
      Thread.onSpinWait(); // it was retired a moment ago, and the new state is there
    }
  }

  @Override
  public synchronized void close() {
    state.providers().values().forEach(shared -> shared.provider().close());
    firstUse.close();
  }
}
