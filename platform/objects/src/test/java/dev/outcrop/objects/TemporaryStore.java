package dev.outcrop.objects;

import dev.outcrop.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A store in a folder that is removed afterwards. */
record TemporaryStore(Path home, Database database, ObjectStore store) implements AutoCloseable {
  TemporaryStore() throws IOException {
    this(Files.createTempDirectory("objects"));
  }

  private TemporaryStore(Path home) {
    this(home, Database.open(home.resolve("outcrop.db")));
  }

  private TemporaryStore(Path home, Database database) {
    this(home, database, ObjectStore.open(database, home));
  }

  @Override
  public void close() throws IOException {
    database.close();
    List<Path> files;
    try (Stream<Path> all = Files.walk(home)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
