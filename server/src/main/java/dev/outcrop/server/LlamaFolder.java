package dev.outcrop.server;

import dev.outcrop.models.files.DownloadException;
import dev.outcrop.models.files.Libraries;
import dev.outcrop.models.files.Progress;
import dev.outcrop.models.llama.LlamaLibraries;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;

/**
 * Where llama.cpp's libraries are: a folder that the user named, or the package fetched for this
 * machine.
 */
final class LlamaFolder {
  private final Libraries libraries;
  private final Optional<Path> own;
  private final String device;

  LlamaFolder(Path home, Settings.Llama settings) {
    this.libraries = new Libraries(home.resolve("libraries"));
    this.own = settings.libraries();
    this.device = settings.device();
  }

  LlamaLibraries wanted() {
    return LlamaLibraries.here(device);
  }

  /** The folder that holds the libraries, whether or not they are there yet. */
  Path path() {
    return own.orElseGet(
        () -> libraries.folder(wanted().npm(), wanted().version()).resolve(wanted().folder()));
  }

  Optional<Path> present() {
    return own.isPresent() || libraries.present(wanted().npm(), wanted().version()).isPresent()
        ? Optional.of(path())
        : Optional.empty();
  }

  /**
   * The folder with the libraries in it, fetched if need be; called when the first model is loaded.
   */
  Path fetched() {
    try {
      pull((done, total) -> {});
      return path();
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

  void pull(Progress progress) throws InterruptedException {
    if (own.isEmpty()) {
      libraries.pull(wanted().npm(), wanted().version(), wanted().integrity(), progress);
    }
  }
}
