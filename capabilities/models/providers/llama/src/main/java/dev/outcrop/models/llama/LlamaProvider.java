package dev.outcrop.models.llama;

import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chat models in GGUF files, run by llama.cpp in child processes of this one. A model is loaded
 * when it is first used.
 */
public final class LlamaProvider implements Provider {
  private final Pool pool;
  private final Map<ModelEntry, LlamaChatModel> models = new ConcurrentHashMap<>();

  public LlamaProvider(LlamaSettings settings) {
    this.pool = new Pool(settings);
  }

  @Override
  public String name() {
    return "llama";
  }

  /**
   * The chat model behind an entry.
   *
   * @throws IllegalArgumentException when the entry has no file or wrong options; says which
   */
  @Override
  public LlamaChatModel chat(ModelEntry entry) {
    if (entry.file() == null) {
      throw new IllegalArgumentException("model " + entry.id() + " has no file");
    }
    return models.computeIfAbsent(entry, this::make);
  }

  private LlamaChatModel make(ModelEntry entry) {
    LlamaOptions options = LlamaOptions.of(entry);
    return new LlamaChatModel(pool.model(options.load()), options);
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    throw new UnsupportedOperationException("llama.cpp runs chat models only: " + entry.id());
  }

  /** Ends the child processes; calls in flight fail. */
  @Override
  public void close() {
    pool.close();
  }
}
