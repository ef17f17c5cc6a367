package dev.outcrop.models.recordings;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeModel;
import dev.outcrop.models.Provider;
import dev.outcrop.models.RerankModel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider whose models are recorded or replayed.
 *
 * @param closed told when it has been closed
 */
record TapedProvider(Provider provider, Tape tape, Runnable closed) implements Provider {
  private static final String NATIVE = "nativeBodies";

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new TapedChat(tape, entry.id(), tape.replays() ? null : provider.chat(entry));
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return new TapedEmbedding(tape, entry.id(), tape.replays() ? null : provider.embedding(entry));
  }

  @Override
  public ImageModel image(ModelEntry entry) {
    return new TapedImage(tape, entry.id(), tape.replays() ? null : provider.image(entry));
  }

  @Override
  public RerankModel rerank(ModelEntry entry) {
    return new TapedRerank(tape, entry.id(), tape.replays() ? null : provider.rerank(entry));
  }

  @Override
  public Optional<NativeModel> nativeBodies(ModelEntry entry) {
    if (tape.replays()) {
      return tape.facts(entry.id()).path(NATIVE).asBoolean()
          ? Optional.of(new TapedNative(tape, entry.id(), null))
          : Optional.empty();
    }
    Optional<NativeModel> model = provider.nativeBodies(entry);
    tape.fact(entry.id(), facts -> facts.put(NATIVE, model.isPresent()));
    return model.map(live -> new TapedNative(tape, entry.id(), live));
  }

  @Override
  public OptionalLong maxOutput(ModelEntry entry) {
    return tape.replays() ? OptionalLong.empty() : provider.maxOutput(entry);
  }

  @Override
  public void close() {
    provider.close();
    closed.run();
  }
}
