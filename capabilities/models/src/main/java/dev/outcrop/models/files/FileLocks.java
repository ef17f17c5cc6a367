package dev.outcrop.models.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time for a folder, over all threads and processes of this machine. The operating system
 * drops the lock of a process that dies.
 */
final class FileLocks {

  /** A file lock counts for the whole process, so its threads need a lock of their own. */
  private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

  /** Work that may fail with an I/O error. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  private FileLocks() {}

  static <T> T with(Path folder, Work<T> work) throws IOException, InterruptedException {
    Path file = folder.toAbsolutePath().normalize().resolve(".lock");
    Files.createDirectories(file.getParent());
    ReentrantLock here = HERE.computeIfAbsent(file, f -> new ReentrantLock());
    here.lockInterruptibly();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      return work.run();
    } finally {
      here.unlock();
    }
  }
}
