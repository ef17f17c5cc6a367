package dev.outcrop.models;

import dev.outcrop.models.catalogue.CatalogueEntry;
import java.util.Optional;

/**
 * A model with the provider that runs it. Its file is fetched when it is asked for and the entry
 * allows it. Each method throws a {@code ValidationException} when the model does something else.
 */
record Served(CatalogueEntry entry, Provider provider, FirstUse firstUse) {

  ChatModel chat() {
    if (entry.kind() != ModelEntry.Kind.CHAT) {
      throw RuntimeErrors.notForConverse();
    }
    return provider.chat(firstUse.ready(entry));
  }

  EmbeddingModel embedding() {
    return provider.embedding(ready(ModelEntry.Kind.EMBEDDING, "an embedding model"));
  }

  ImageModel image() {
    return provider.image(ready(ModelEntry.Kind.IMAGE, "an image model"));
  }

  RerankModel rerank() {
    return provider.rerank(ready(ModelEntry.Kind.RERANK, "a reranking model"));
  }

  /** The model that takes native bodies as they are; empty where they have to be translated. */
  Optional<NativeModel> nativeBodies() {
    return provider.nativeBodies(firstUse.ready(entry));
  }

  private ModelEntry ready(ModelEntry.Kind kind, String what) {
    if (entry.kind() != kind) {
      throw RuntimeErrors.invalid("The model " + entry.id() + " is not " + what + ".");
    }
    return firstUse.ready(entry);
  }
}
