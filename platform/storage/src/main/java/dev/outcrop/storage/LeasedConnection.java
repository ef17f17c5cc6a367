package dev.outcrop.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lends the writer's connection to code that asks a DataSource for one. A joined one leaves the
 * transaction to whoever began it.
 */
final class LeasedConnection implements InvocationHandler {
  private final Database database;
  private final Connection connection;
  private final boolean joined;
  private boolean closed;

  private LeasedConnection(Database database) {
    Connection outer = database.joined();
    this.database = database;
    this.joined = outer != null;
    this.connection = joined ? outer : database.lease();
  }

  static DataSource source(Database database) {
    return proxy(
        DataSource.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getConnection" -> proxy(Connection.class, new LeasedConnection(database));
              case "toString" -> database + " as DataSource";
              case "hashCode" -> System.identityHashCode(self);
              case "equals" -> self == arguments[0];
              case "isWrapperFor" -> false;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  @Override
  public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "close" -> {
        close();
        yield null;
      }
      case "isClosed" -> closed;
      case "commit", "rollback", "setAutoCommit" -> joined ? null : call(method, arguments);
      case "toString" -> "lease of " + database;
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> self == arguments[0];
      default -> call(method, arguments);
    };
  }

  private void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    if (!joined) {
      try {
        if (!connection.getAutoCommit()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      } finally {
        database.release();
      }
    }
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (closed) {
      throw new SQLException("The connection is closed.");
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            LeasedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
