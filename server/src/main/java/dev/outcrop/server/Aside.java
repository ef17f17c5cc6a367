package dev.outcrop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Files that several processes may make at once: each writes under a name of its own, and what is
 * complete gets the real one. Whoever sees the file sees all of it.
 */
final class Aside {
  /** Writes a file. */
  @FunctionalInterface
  interface Work {
    void write(Path file) throws IOException;
  }

  private Aside() {}

  /** Makes the file, or replaces it; leaves it as it is when the work fails. */
  static void write(Path file, Work work) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      work.write(aside);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
