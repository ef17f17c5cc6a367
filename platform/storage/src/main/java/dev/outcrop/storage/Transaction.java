package dev.outcrop.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.DSLContext;

/** One transaction on one connection, used by one thread. */
final class Transaction {
  private final Connection connection;
  private final DSLContext sql;
  private final boolean writes;
  private final List<Runnable> afterCommit = new ArrayList<>();

  Transaction(Connection connection, Configuration jooq, boolean writes) {
    this.connection = connection;
    this.sql = jooq.derive(connection).dsl();
    this.writes = writes;
  }

  Connection connection() {
    return connection;
  }

  boolean writes() {
    return writes;
  }

  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /** What was asked for while the transaction ran; none of it when it was rolled back. */
  List<Runnable> actions() {
    return List.copyOf(afterCommit);
  }

  <T, X extends Exception> T run(SqlWork<T, X> work) throws X {
    return work.run(sql);
  }

  /** The whole transaction, from begin to commit or rollback. */
  <T, X extends Exception> T commit(SqlWork<T, X> work) throws X, SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      T result = work.run(sql);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  /** A part of the transaction that can fail alone. */
  <T, X extends Exception> T nested(SqlWork<T, X> work) throws X, SQLException {
    Savepoint before = connection.setSavepoint();
    int actions = afterCommit.size();
    boolean done = false;
    try {
      T result = work.run(sql);
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback(before);
        afterCommit.subList(actions, afterCommit.size()).clear();
      }
      connection.releaseSavepoint(before);
    }
  }
}
