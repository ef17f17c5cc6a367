package dev.outcrop.knowledge.ingestion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document's bytes in a temporary file that is deleted on close. */
record Content(Path file, String name) implements AutoCloseable {
  /** What AWS takes per file. */
  static final long MOST_BYTES = 50L * 1024 * 1024;

  static Content of(byte[] bytes, String name) throws IOException {
    Path file = Files.createTempFile("outcrop-document-", ".tmp");
    Files.write(file, bytes);
    return new Content(file, name);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
