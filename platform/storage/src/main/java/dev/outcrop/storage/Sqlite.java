package dev.outcrop.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * All that is particular to SQLite: how to connect, and what its errors mean.
 *
 * <p>Write-ahead logging lets readers go on while one writer writes. {@code synchronous=FULL} syncs
 * the log at every commit: an acknowledged write survives a crash of the process and a power cut.
 * {@code NORMAL} would be faster and survive the former alone.
 */
record Sqlite(Path file) {
  static final SQLDialect DIALECT = SQLDialect.SQLITE;

  /** The type of a byte string. */
  static final String BYTES = "BLOB";

  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 10_000;

  /** "Outc" in ASCII; tells our files from other programs' SQLite databases. */
  private static final int APPLICATION_ID = 0x4f757463;

  /** The one connection that writes; a transaction takes the write lock when it begins. */
  Connection writer() {
    SQLiteConfig config = config();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      NativeLibrary.keepIn(file.toAbsolutePath().resolveSibling("native"));
      Connection connection = source(config).getConnection();
      try {
        claim(connection);
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unusable(e);
    } catch (IOException e) {
      throw new StorageException.Unusable("Cannot create the folder of " + file + ": " + e, e);
    }
  }

  /** Connections that only read, each transaction a snapshot of its own. Made when first needed. */
  HikariDataSource readers() {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("storage-readers");
    pool.setDataSource(source(config()));
    pool.setConnectionInitSql("PRAGMA query_only = true");
    pool.setAutoCommit(false);
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(0);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  /** For migrations, which manage their transactions themselves. */
  DataSource migrator() {
    return source(config());
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  private SQLiteDataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private void claim(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int owner = number(statement, "PRAGMA application_id");
      if (owner == APPLICATION_ID) {
        return;
      }
      if (owner != 0 || number(statement, "SELECT count(*) FROM sqlite_master") != 0) {
        throw new StorageException.Unusable(
            file + " is another program's database. Move it away or use another home folder.",
            null);
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Says what happened and what to do. */
  StorageException.Unusable unusable(SQLException e) {
    String what =
        switch (code(e)) {
          case SQLITE_NOTADB, SQLITE_CORRUPT ->
              " is damaged or not a database. Restore it from a backup, or move it away to start"
                  + " with an empty one.";
          case SQLITE_CANTOPEN ->
              " cannot be opened. Check that its folder exists and is writable.";
          case SQLITE_READONLY, SQLITE_PERM -> " cannot be written. Check its permissions.";
          case SQLITE_FULL -> " cannot grow: the disk is full. Free some space.";
          case SQLITE_BUSY, SQLITE_LOCKED ->
              " is held by another process. Stop it, or use another home folder.";
          default -> " failed: " + e.getMessage();
        };
    return new StorageException.Unusable(file + what, e);
  }

  /** Whether the error says that the file, not the statement, is at fault. */
  static boolean fatal(SQLException e) {
    return switch (code(e)) {
      case SQLITE_NOTADB,
          SQLITE_CORRUPT,
          SQLITE_CANTOPEN,
          SQLITE_READONLY,
          SQLITE_PERM,
          SQLITE_FULL,
          SQLITE_IOERR,
          SQLITE_BUSY,
          SQLITE_LOCKED ->
          true;
      default -> false;
    };
  }

  /** Whether a statement wanted to change what it may only read. */
  static boolean refusedWrite(SQLException e) {
    return code(e) == SQLiteErrorCode.SQLITE_READONLY;
  }

  /** The primary code; extended ones carry it in their low byte. */
  private static SQLiteErrorCode code(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
  }
}
