package dev.outcrop.server;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.models.files.DownloadException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;

/** The llama.cpp provider, whose libraries are fetched when the first model is used. */
final class FetchingLlama implements Provider {
  private final Provider llama;
  private final LlamaFolder folder;

  FetchingLlama(Provider llama, LlamaFolder folder) {
    this.llama = llama;
    this.folder = folder;
  }

  @Override
  public String name() {
    return llama.name();
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    if (folder.present().isEmpty()) {
      fetch();
    }
    return llama.chat(entry);
  }

  private void fetch() {
    try {
      folder.pull((done, total) -> {});
    } catch (DownloadException | IllegalArgumentException e) {
      throw ModelErrorException.builder()
          .message("The llama.cpp libraries could not be fetched: " + e.getMessage())
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ModelNotReadyException.builder()
          .message("The llama.cpp libraries are being fetched.")
          .build();
    }
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return llama.embedding(entry);
  }

  @Override
  public void close() {
    llama.close();
  }
}
