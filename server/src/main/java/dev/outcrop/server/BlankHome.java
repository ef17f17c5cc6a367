package dev.outcrop.server;

import dev.outcrop.config.Sources;
import dev.outcrop.knowledge.index.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The empty databases of a new home, made once by the launcher's preparation and copied into every
 * new home, since making their tables by migrations takes a third of a start. A home that has a
 * database is left as it is; where there is no copy, or an older one, migrations do the work.
 */
final class BlankHome {
  /** The system property that names the folder with the databases. */
  static final String PROPERTY = "outcrop.blank";

  private static final String DATABASE = ".db";

  private BlankHome() {}

  /** Makes the databases in this folder. Whoever sees one sees all of it. */
  static void make(Path folder) throws IOException {
    Path home = Files.createTempDirectory("outcrop-blank");
    try {
      Settings settings =
          Settings.CONFIGURATION.load(
              new Sources(Map.of(), Map.of(), home.resolve("none.yaml"), false));
      Outcrop.open(home, settings, Search.Mode.HYBRID).close();
      Files.createDirectories(folder);
      for (Path database : databases(home)) {
        if (Files.exists(home.resolve(database.getFileName() + "-wal"))) {
          throw new IOException(database + " is not closed");
        }
        copy(database, folder);
      }
    } finally {
      TemporaryFolder.delete(home);
    }
  }

  /** Copies the databases into a home that has none. */
  static void into(Path home) throws IOException {
    String folder = System.getProperty(PROPERTY);
    if (folder == null || !Files.isDirectory(Path.of(folder)) || !databases(home).isEmpty()) {
      return;
    }
    for (Path database : databases(Path.of(folder))) {
      copy(database, home);
    }
  }

  private static List<Path> databases(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(DATABASE)).sorted().toList();
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    Aside.write(folder.resolve(file.getFileName()), aside -> Files.copy(file, aside));
  }
}
