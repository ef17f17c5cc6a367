package dev.outcrop.models.openai;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.models.RerankModel;
import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.models.upstream.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Models behind a server that speaks OpenAI's protocol: OpenAI itself, vLLM, llama-server, Ollama
 * and many more. {@link ChatOptions} and its like say what a model's entry may set.
 */
public final class OpenAiProvider implements Provider {

  private final String name;
  private final Upstream upstream;
  private final Map<ModelEntry, ChatModel> chats = new ConcurrentHashMap<>();
  private final Map<ModelEntry, EmbeddingModel> embeddings = new ConcurrentHashMap<>();
  private final Map<ModelEntry, ImageModel> images = new ConcurrentHashMap<>();
  private final Map<ModelEntry, RerankModel> rerankers = new ConcurrentHashMap<>();

  /**
   * @param name in the configuration
   * @throws IllegalArgumentException when the settings make no sense
   */
  public OpenAiProvider(String name, ProviderSettings settings) {
    this.name = name;
    this.upstream = new Upstream(name, settings, new OpenAiProtocol());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return chats.computeIfAbsent(
        entry, e -> new OpenAiChatModel(upstream, ChatOptions.of(e, server())));
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return embeddings.computeIfAbsent(
        entry, e -> new OpenAiEmbeddingModel(upstream, EmbeddingOptions.of(e, server())));
  }

  @Override
  public ImageModel image(ModelEntry entry) {
    return images.computeIfAbsent(entry, e -> new OpenAiImageModel(upstream, ImageOptions.of(e)));
  }

  @Override
  public RerankModel rerank(ModelEntry entry) {
    return rerankers.computeIfAbsent(entry, e -> new OpenAiRerankModel(upstream, e));
  }

  private Server server() {
    return Server.at(upstream.host(), upstream.port());
  }

  @Override
  public void close() {
    upstream.close();
  }
}
