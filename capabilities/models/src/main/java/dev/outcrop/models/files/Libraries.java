package dev.outcrop.models.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Native libraries out of npm packages, unpacked once under one folder. */
public final class Libraries {

  private final Path folder;

  /**
   * @param folder usually {@code <home>/libraries}; made when first needed
   */
  public Libraries(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Where a package is or will be unpacked. */
  public Path folder(String npm, String version) {
    return folder.resolve(npm.replace("@", "").replace('/', '-') + "-" + version);
  }

  /** The unpacked package, if it is on this machine. */
  public Optional<Path> present(String npm, String version) {
    return Optional.of(folder(npm, version)).filter(Files::isDirectory);
  }

  /**
   * Fetches and unpacks a package unless it is here.
   *
   * @param npm the package, for example {@code @node-llama-cpp/linux-x64}
   * @param integrity {@code sha512-} and base64 of the archive; checked before it is unpacked
   * @return the folder it was unpacked to, which holds a folder {@code package}
   * @throws DownloadException when it can't be had; says what to do
   * @throws InterruptedException when cancelled
   */
  public Path pull(String npm, String version, String integrity, Progress progress)
      throws InterruptedException {
    Path target = folder(npm, version);
    try {
      return FileLocks.with(
          folder,
          () -> {
            if (Files.isDirectory(target)) {
              return target;
            }
            Path work = Files.createTempDirectory(folder, "npm-");
            try {
              Path contents = Files.createDirectory(work.resolve("contents"));
              NpmPackage.fetch(npm + "@" + version, integrity, work, contents, progress);
              return Files.move(contents, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
              Folders.delete(work);
            }
          });
    } catch (IOException e) {
      throw new DownloadException("Cannot unpack " + npm + " into " + target + ": " + e, e);
    }
  }

  /** Deletes an unpacked package; false when there was none. */
  public boolean remove(String npm, String version) throws IOException {
    boolean there = present(npm, version).isPresent();
    Folders.delete(folder(npm, version));
    return there;
  }
}
