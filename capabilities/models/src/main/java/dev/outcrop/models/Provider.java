package dev.outcrop.models;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where models run: a kind of engine or a remote service. Named by {@code provider:} in a model's
 * entry. Models are loaded or connected on first use and kept.
 *
 * <p>Every method throws a {@code ValidationException} when this provider has no models of the kind
 * or refuses the entry.
 */
public interface Provider extends AutoCloseable {

  /** The name that model entries use, for example {@code llama}. */
  String name();

  /** The chat model behind an entry. */
  default ChatModel chat(ModelEntry entry) {
    throw RuntimeErrors.cannot(this, entry, "chat");
  }

  /** The embedding model behind an entry. */
  default EmbeddingModel embedding(ModelEntry entry) {
    throw RuntimeErrors.cannot(this, entry, "embedding");
  }

  /** The image model behind an entry. */
  default ImageModel image(ModelEntry entry) {
    throw RuntimeErrors.cannot(this, entry, "image");
  }

  /** The reranking model behind an entry. */
  default RerankModel rerank(ModelEntry entry) {
    throw RuntimeErrors.cannot(this, entry, "rerank");
  }

  /** The model that takes native bodies as they are; empty where they have to be translated. */
  default Optional<NativeModel> nativeBodies(ModelEntry entry) {
    return Optional.empty();
  }

  /**
   * The most tokens that an answer of a chat model has when a request sets no bound; empty when
   * that isn't known here without asking. For budgets, which reserve it; nothing is thrown.
   */
  default OptionalLong maxOutput(ModelEntry entry) {
    return OptionalLong.empty();
  }

  @Override
  void close();
}
