package dev.outcrop.models.recordings;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder with the files. A file is replaced as a whole, so that nobody reads half of one. */
final class Recorded {
  private static final DefaultPrettyPrinter PRETTY = pretty();

  private final Path folder;

  Recorded(Path folder) {
    this.folder = folder;
  }

  private static DefaultPrettyPrinter pretty() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n"); // the same on every system
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }

  Path folder() {
    return folder;
  }

  /** The file of the n-th answer to a request, from 1. */
  private static String file(String name, int number) {
    return name + (number == 1 ? "" : "-" + number) + ".json";
  }

  Optional<JsonNode> read(String name, int number) {
    return read(folder.resolve(file(name, number)));
  }

  private static Optional<JsonNode> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Sdk.MAPPER.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("The recording " + file + " can't be read", e);
    }
  }

  void write(String name, int number, ObjectNode content) {
    try {
      Files.createDirectories(folder);
      Path beside = Files.createTempFile(folder, "recording", ".part");
      try {
        Files.writeString(beside, Sdk.MAPPER.writer(PRETTY).writeValueAsString(content) + "\n");
        Files.move(beside, folder.resolve(file(name, number)), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A recording can't be written to " + folder, e);
    }
  }

  /** Deletes the answers after the n-th, which an earlier run had more of. */
  void forgetAfter(String name, int number) {
    try {
      for (int next = number + 1; Files.deleteIfExists(folder.resolve(file(name, next))); next++) {
        // until there is none
      }
    } catch (IOException e) {
      throw new UncheckedIOException("An old recording can't be deleted in " + folder, e);
    }
  }

  /** Calls work on every recording of an operation, with its file's name. */
  void each(String operation, java.util.function.BiConsumer<String, JsonNode> work) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().startsWith(operation + "-"))
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .forEach(
              file -> read(file).ifPresent(r -> work.accept(file.getFileName().toString(), r)));
    } catch (IOException e) {
      throw new UncheckedIOException("The recordings in " + folder + " can't be listed", e);
    }
  }
}
