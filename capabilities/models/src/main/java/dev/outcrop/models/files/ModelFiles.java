package dev.outcrop.models.files;

import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The models' files under {@code <home>/models}, each in a folder named after its model id. */
public final class ModelFiles {

  private final Path folder;

  /**
   * @param folder where files are kept, usually {@code <home>/models}; made when first needed
   */
  public ModelFiles(Path folder) {
    this.folder = folder;
  }

  /** The entry's file, if it is on this machine; it was checked when it came. */
  public Optional<Path> present(CatalogueEntry entry) {
    return Optional.of(path(entry)).filter(Files::isRegularFile);
  }

  /** Where the entry's file is or will be. */
  Path path(CatalogueEntry entry) {
    return entry.source() instanceof Source.Local local
        ? local.path()
        : folder.resolve(entry.id().replace(':', '_')).resolve(entry.source().fileName());
  }
}
