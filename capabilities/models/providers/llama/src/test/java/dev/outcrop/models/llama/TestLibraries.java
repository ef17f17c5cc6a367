package dev.outcrop.models.llama;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The llama.cpp libraries for this machine, fetched once with the npm client into a folder that
 * survives builds: {@code OUTCROP_TEST_CACHE}, else {@code .cache} in the repository.
 */
final class TestLibraries {
  private TestLibraries() {}

  static Path folder() {
    LlamaLibraries wanted = LlamaLibraries.here("cpu");
    Path cache = cache().resolve("llama-" + wanted.version());
    Path folder = cache.resolve(wanted.folder());
    try {
      Files.createDirectories(cache);
      try (FileChannel file =
              FileChannel.open(
                  cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        if (!Files.exists(cache.resolve("complete"))) {
          fetch(wanted, cache);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("llama.cpp could not be fetched for the tests", e);
    }
    return folder;
  }

  private static Path cache() {
    String named = System.getenv("OUTCROP_TEST_CACHE");
    return named != null ? Path.of(named) : Path.of(System.getenv("OUTCROP_ROOT"), ".cache");
  }

  private static void fetch(LlamaLibraries wanted, Path cache) throws Exception {
    run(cache, "npm", "pack", "--silent", wanted.npm() + "@" + wanted.version());
    Path archive;
    try (var files = Files.list(cache)) {
      archive = files.filter(f -> f.toString().endsWith(".tgz")).findFirst().orElseThrow();
    }
    byte[] sum = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
    if (!wanted.integrity().equals("sha512-" + Base64.getEncoder().encodeToString(sum))) {
      throw new IOException(archive + " is not the package that was pinned");
    }
    run(cache, "tar", "xzf", archive.getFileName().toString());
    Files.delete(archive);
    Files.createFile(cache.resolve("complete"));
  }

  private static void run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + List.of(command));
    }
  }
}
