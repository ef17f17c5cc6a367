package dev.outcrop.models.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A Node package, fetched with the {@code npm} client and unpacked. Nothing of it is run or
 * installed.
 */
final class NpmPackage {

  /** Far above any library; what stops an archive that expands without end. */
  private static final long MAX_BYTES = 8L << 30;

  private NpmPackage() {}

  /**
   * Fetches a package and unpacks it.
   *
   * @param spec name and version, for example {@code @scope/name@1.2.3}
   * @param integrity {@code sha512-} and base64, as npm writes it
   * @param work for temporary files; left to the caller to remove
   * @param target a new folder for the contents, usually a single folder {@code package}
   */
  static void fetch(String spec, String integrity, Path work, Path target, Progress progress)
      throws IOException, InterruptedException {
    Client.run(
        List.of("npm", "pack", spec, "--ignore-scripts", "--pack-destination", work.toString()),
        Map.of(),
        work,
        0,
        progress,
        "fetching these libraries needs Node's npm client; install it and try again");
    Path archive = archive(work);
    String found = Digests.integrity(archive);
    if (!found.equals(integrity)) {
      throw new DownloadException(
          "package "
              + spec
              + " has the integrity "
              + found
              + ", expected "
              + integrity
              + ". It was not unpacked; check the registry that npm is set up for.");
    }
    unpack(archive, target);
    progress.at(Files.size(archive), Files.size(archive));
  }

  private static Path archive(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(
              () -> new DownloadException("npm ended well but left no package in " + work));
    }
  }

  static void unpack(Path archive, Path target) throws IOException {
    long left = MAX_BYTES;
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target) || !(entry.isFile() || entry.isDirectory())) {
          throw new DownloadException(
              archive.getFileName() + " holds a bad entry: " + entry.getName());
        }
        left -= entry.getSize();
        if (left < 0) {
          throw new DownloadException(archive.getFileName() + " unpacks to more than 8 GB");
        }
        if (entry.isFile()) {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
        }
      }
    }
  }
}
