package dev.outcrop.models;

import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Source;
import dev.outcrop.models.files.ModelFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Sees to it that a model's file is here before its provider is asked to run it. */
final class FirstUse implements AutoCloseable {

  private final ModelFiles files;

  FirstUse(ModelFiles files) {
    this.files = files;
  }

  /** The provider's entry, with the file in it if there is one. */
  ModelEntry ready(CatalogueEntry entry) {
    if (entry.source() == null) {
      return entry.withFile(null);
    }
    Optional<Path> file = files.present(entry);
    if (file.isPresent()) {
      return entry.withFile(file.get());
    }
    throw RuntimeErrors.invalid(absent(entry));
  }

  private static String absent(CatalogueEntry entry) {
    if (entry.source() instanceof Source.Local local) {
      return "The file of model " + entry.id() + " is missing: " + local.path() + ".";
    }
    return "Model "
        + entry.id()
        + " is in the catalogue but not on this machine. Fetch it with: outcrop models pull "
        + entry.id();
  }

  @Override
  public void close() {}
}
