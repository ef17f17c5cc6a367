package dev.outcrop.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DefaultConfiguration;

/**
 * The database of one home folder. One connection writes, one transaction at a time; others read
 * beside it, each from a snapshot. When {@link #write} returns, the change is on the disk.
 *
 * <p>SQL is written with jOOQ and kept to what SQLite and PostgreSQL share, and rows that are
 * changed after a look carry a version, so that a shared PostgreSQL with several servers can take
 * the place of the file.
 */
public final class Database implements AutoCloseable {
  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private static final int SCHEMA = 1;

  private final Sqlite engine;
  private final Configuration jooq =
      new DefaultConfiguration()
          .set(Sqlite.DIALECT)
          .set(new Settings().withExecuteLogging(false).withFetchWarnings(false));
  private final ReentrantLock writing = new ReentrantLock();
  private final Connection writer;
  private final HikariDataSource readers;
  private final DataSource leases = LeasedConnection.source(this);

  /** The transaction of this thread; never inherited, for a connection serves one thread. */
  private final ThreadLocal<Transaction> current = new ThreadLocal<>();

  private volatile boolean closed;

  private Database(Sqlite engine) {
    this.engine = engine;
    this.writer = engine.writer();
    this.readers = engine.readers();
  }

  /**
   * Opens the database in this file, made when absent, with the tables of this module.
   *
   * @throws StorageException.Unusable when it is damaged, foreign or newer than this program
   */
  public static Database open(Path file) {
    Database database = new Database(new Sqlite(file));
    try {
      database.migrate("storage", SCHEMA, Database.class);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Brings a module's tables to the version that its code knows, from {@code
   * db/migration/<module>/V<n>__<what>.sql} next to {@code owner}. Costs one query when they are.
   *
   * @throws StorageException.Unusable when a newer program wrote them
   */
  public void migrate(String module, int version, Class<?> owner) {
    writing.lock();
    try {
      new Migrations(engine, module, version).apply(writer, owner.getClassLoader());
    } catch (SQLException e) {
      throw engine.unusable(e);
    } finally {
      writing.unlock();
    }
  }

  /** Reads from one snapshot; inside a {@link #write} or another read, from that transaction. */
  public <T, X extends Exception> T read(SqlWork<T, X> work) throws X {
    Transaction outer = current.get();
    if (outer != null) {
      return outer.run(work);
    }
    requireOpen();
    try (Connection connection = readers.getConnection()) {
      Transaction transaction = new Transaction(connection, jooq, false);
      current.set(transaction);
      try {
        return transaction.run(work);
      } finally {
        current.remove();
        connection.rollback();
      }
    } catch (SQLException e) {
      throw translated(e);
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      throw cause != null && Sqlite.refusedWrite(cause)
          ? new IllegalStateException("A read changes nothing. Use write.", e)
          : translated(e);
    }
  }

  /**
   * Changes the database in one transaction that is durable when this returns, and undone when the
   * work throws. Inside another write it becomes part of that one; if it throws, its own changes
   * alone are undone, and the outer work may go on.
   */
  public <T, X extends Exception> T write(SqlWork<T, X> work) throws X {
    Transaction outer = current.get();
    try {
      if (outer != null && outer.writes()) {
        return outer.nested(work);
      }
      return alone(work);
    } catch (SQLException e) {
      throw translated(e);
    } catch (DataAccessException e) {
      throw translated(e);
    }
  }

  /**
   * Runs the action once the write on this thread is durable, and never when it is undone; at once
   * when there is none.
   */
  public void afterCommit(Runnable action) {
    Transaction outer = current.get();
    if (outer != null && outer.writes()) {
      outer.afterCommit(action);
    } else {
      action.run();
    }
  }

  /**
   * Connections for libraries that speak JDBC. Inside a {@link #write} they are part of its
   * transaction, and their own commits do nothing; elsewhere each holds the writer until closed.
   */
  public DataSource connections() {
    return leases;
  }

  /** Waits for the write in progress, then closes; what was acknowledged stays. */
  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      readers.close();
      writer.close();
    } catch (SQLException e) {
      throw engine.unusable(e);
    } finally {
      writing.unlock();
    }
  }

  /** The connection of the write on this thread, or null. */
  Connection joined() {
    Transaction outer = current.get();
    return outer != null && outer.writes() ? outer.connection() : null;
  }

  /** Takes the writer for this thread; {@link #release} gives it back. */
  Connection lease() {
    writing.lock();
    if (closed) {
      writing.unlock();
    }
    requireOpen();
    return writer;
  }

  void release() {
    writing.unlock();
  }

  private <T, X extends Exception> T alone(SqlWork<T, X> work) throws X, SQLException {
    Transaction outer = current.get();
    Transaction transaction = new Transaction(lease(), jooq, true);
    T result;
    current.set(transaction);
    try {
      result = transaction.commit(work);
    } finally {
      current.set(outer);
      release();
    }
    transaction.actions().forEach(Runnable::run);
    return result;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The database " + engine.file() + " is closed.");
    }
  }

  private RuntimeException translated(SQLException e) {
    return Sqlite.fatal(e) ? engine.unusable(e) : new DataAccessException(e.getMessage(), e);
  }

  private RuntimeException translated(DataAccessException e) {
    SQLException cause = e.getCause(SQLException.class);
    return cause != null && Sqlite.fatal(cause) ? engine.unusable(cause) : e;
  }

  @Override
  public String toString() {
    return "Database[" + engine.file() + "]";
  }
}
