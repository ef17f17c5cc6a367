package dev.outcrop.server;

import dev.outcrop.cli.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * The folder that holds all state. One process at a time owns it, by a lock that the operating
 * system drops when the process ends, however it ends; a server writes beside the lock where it
 * listens.
 */
final class HomeLock implements AutoCloseable {
  private static final String ADDRESS = "server.properties";

  /**
   * Where the owner of a home listens, and the token that its own commands prove themselves with.
   */
  record Address(String url, String token, long pid) {}

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private HomeLock(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the home; empty when another process has it. */
  static Optional<HomeLock> take(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CommandFailure(
          "the home folder " + folder + " can't be made: " + e.getMessage(), e);
    }
    FileChannel channel =
        FileChannel.open(
            folder.resolve("outcrop.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // taken by another Outcrop inside this process
    }
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    Files.deleteIfExists(folder.resolve(ADDRESS)); // left by an owner that was killed
    return Optional.of(new HomeLock(folder, channel, lock));
  }

  Path folder() {
    return folder;
  }

  /** Tells other commands where this home's server listens. Only this user can read it. */
  void announce(Address address) throws IOException {
    Properties text = new Properties();
    text.setProperty("url", address.url());
    text.setProperty("token", address.token());
    text.setProperty("pid", Long.toString(address.pid()));
    Path whole = folder.resolve(ADDRESS + ".new");
    Files.deleteIfExists(whole);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          whole,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (var out = Files.newBufferedWriter(whole)) {
      text.store(out, null);
    }
    Files.move(
        whole,
        folder.resolve(ADDRESS),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Where the home's server listens; empty while its owner serves nothing. */
  static Optional<Address> address(Path folder) throws IOException {
    Properties text = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve(ADDRESS))) {
      text.load(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(
        new Address(
            text.getProperty("url"),
            text.getProperty("token"),
            Long.parseLong(text.getProperty("pid"))));
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(folder.resolve(ADDRESS));
      lock.release();
    } catch (IOException e) {
      System.getLogger(HomeLock.class.getName())
          .log(System.Logger.Level.WARNING, "the home was not left cleanly", e);
    }
  }
}
