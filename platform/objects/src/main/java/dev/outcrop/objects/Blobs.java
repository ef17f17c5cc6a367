package dev.outcrop.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that the bytes of objects are in. A file gets a random name, is written once, is synced
 * to the disk before anything refers to it, and is deleted when nothing does any more and nobody
 * reads it. A crash may leave files that nothing refers to; {@link #sweep} removes them.
 */
final class Blobs {
  private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);

  private final Path folder;
  private final Path incoming;
  private final FileTime opened = FileTime.fromMillis(System.currentTimeMillis());
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();

  Blobs(Path home) throws IOException {
    folder = home.resolve("objects");
    incoming = folder.resolve("incoming");
    Files.createDirectories(incoming);
  }

  static String newId() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** A new file to write into, which nobody sees before {@link #keep}. */
  Path draft(String id) {
    return incoming.resolve(id);
  }

  /** Makes a written and synced draft durable under its final name. */
  void keep(String id) throws IOException {
    Path to = path(id);
    if (!Files.isDirectory(to.getParent())) {
      Files.createDirectories(to.getParent());
      sync(folder);
    }
    Files.move(draft(id), to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.getParent());
  }

  private static void sync(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  Path path(String id) {
    return folder.resolve(id.substring(0, 2)).resolve(id);
  }

  /**
   * Keeps these files from being deleted until {@link #release}.
   *
   * @throws NoSuchFileException when one is gone: look up again what is to be read
   */
  synchronized void hold(List<String> ids) throws NoSuchFileException {
    for (String id : ids) {
      if (doomed.contains(id) || !Files.exists(path(id))) {
        throw new NoSuchFileException(id);
      }
    }
    ids.forEach(id -> readers.merge(id, 1, Integer::sum));
  }

  synchronized void release(List<String> ids) {
    for (String id : ids) {
      if (readers.merge(id, -1, Integer::sum) == 0) {
        readers.remove(id);
        if (doomed.remove(id)) {
          remove(path(id));
        }
      }
    }
  }

  /** Deletes files that nothing refers to any more, those being read once they no longer are. */
  synchronized void delete(Collection<String> ids) {
    for (String id : ids) {
      if (readers.containsKey(id)) {
        doomed.add(id);
      } else {
        remove(path(id));
      }
    }
  }

  /** A file that can't be deleted now is an orphan, and swept at the next start. */
  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("Could not delete {}", file, e);
    }
  }

  /** Removes what an earlier process left behind. */
  void sweep(Predicate<String> referenced) {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      files
          .filter(Files::isRegularFile)
          .filter(this::isOlder)
          .filter(
              file -> file.startsWith(incoming) || !referenced.test(file.getFileName().toString()))
          .forEach(Blobs::remove);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOlder(Path file) {
    try {
      return Files.getLastModifiedTime(file).compareTo(opened) < 0;
    } catch (IOException e) {
      return false;
    }
  }
}
