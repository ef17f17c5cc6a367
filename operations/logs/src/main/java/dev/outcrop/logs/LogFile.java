package dev.outcrop.logs;

import dev.outcrop.storage.Database;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.StorageException;
import java.nio.file.Path;
import java.util.List;

/**
 * The database of logs: a file of its own, so that whoever writes much into logs holds up nobody
 * else, opened when the first operation needs it.
 */
final class LogFile implements AutoCloseable {
  private static final int SCHEMA = 1;

  private final Path file;
  private final Runnable opened;
  private volatile Database database;
  private volatile PageTokens tokens;
  private boolean closed;

  /**
   * @param opened told once, when the file has been opened
   */
  LogFile(Path file, Runnable opened) {
    this.file = file;
    this.opened = opened;
  }

  Database database() {
    Database open = database;
    return open == null ? open() : open;
  }

  private synchronized Database open() {
    if (closed) {
      throw new IllegalStateException("The logs are closed.");
    }
    if (database == null) {
      Database open = Database.open(file);
      open.migrate("logs", SCHEMA, LogFile.class);
      tokens = new PageTokens(open);
      database = open;
      opened.run();
    }
    return database;
  }

  String seal(String purpose, List<String> position) {
    database();
    return tokens.seal(purpose, position);
  }

  /** The position in a token that {@link #seal} made for the purpose. */
  List<String> unseal(String purpose, String token) {
    database();
    try {
      return tokens.open(purpose, token);
    } catch (StorageException.InvalidPageToken e) {
      throw Errors.invalid("The specified nextToken is invalid.");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (database != null) {
      database.close();
    }
  }
}
