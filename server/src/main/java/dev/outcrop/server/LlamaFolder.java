package dev.outcrop.server;

import dev.outcrop.models.files.Libraries;
import dev.outcrop.models.files.Progress;
import dev.outcrop.models.llama.LlamaLibraries;
import java.nio.file.Path;
import java.util.Optional;

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

  void pull(Progress progress) throws InterruptedException {
    if (own.isEmpty()) {
      libraries.pull(wanted().npm(), wanted().version(), wanted().integrity(), progress);
    }
  }
}
