package dev.outcrop.metering;

import dev.outcrop.storage.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database of the ledger and the metrics: a file of its own, so that a call of a model never
 * waits for another part's transaction, and written with {@code synchronous=NORMAL}. A commit is
 * then in the operating system's hands, which survives any end of this process, and not synced to
 * the disk, which takes a millisecond or more of every call. A power cut can lose the last moments;
 * it can't damage the file.
 */
final class MeteringDatabase {
  private static final int SCHEMA = 3;

  private MeteringDatabase() {}

  static Database open(Path file) {
    Database database = Database.open(file);
    try {
      database.migrate("metering", SCHEMA, MeteringDatabase.class);
      try (Connection writer = database.connections().getConnection();
          Statement statement = writer.createStatement()) {
        statement.execute("PRAGMA synchronous = NORMAL");
        statement.execute("PRAGMA wal_autocheckpoint = " + Checkpoints.LAST_RESORT);
      }
      return database;
    } catch (SQLException e) {
      database.close();
      throw new IllegalStateException(file + " cannot be set up: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }
}
