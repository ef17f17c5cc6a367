package dev.outcrop.metering;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Moves what was committed from SQLite's log into its file, beside the writers. Left to itself,
 * SQLite lets every few hundredth commit do it, and sync the disk, while a call waits.
 */
final class Checkpoints implements AutoCloseable {
  /** Pages in the log at which a commit does it all the same: 40 MB. */
  static final int LAST_RESORT = 10_000;

  private final Connection connection;

  Checkpoints(Path file) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
    } catch (SQLException e) {
      throw new IllegalStateException(file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  void run() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
