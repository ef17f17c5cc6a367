package dev.outcrop.models;

/**
 * Where models run: a kind of engine or a remote service. Named by {@code provider:} in a model's
 * entry.
 */
public interface Provider extends AutoCloseable {

  /** The name that model entries use, for example {@code llama}. */
  String name();

  /**
   * The chat model behind an entry, loaded or connected on first use and kept.
   *
   * @throws UnsupportedOperationException when this provider has no chat models
   */
  ChatModel chat(ModelEntry entry);

  /**
   * The embedding model behind an entry, loaded or connected on first use and kept.
   *
   * @throws UnsupportedOperationException when this provider has no embedding models
   */
  EmbeddingModel embedding(ModelEntry entry);

  @Override
  void close();
}
