package dev.outcrop.metering.ledger;

import dev.outcrop.storage.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Writes calls and what they add to their day. Prepared statements, not jOOQ's builders: these two
 * are part of every call of a model.
 */
final class LedgerTable {
  private static final String CALL =
      "INSERT INTO call_record (started, request_id, account, region, used_key, profile,"
          + " operation, asked, served, input, output, cache_read, cache_write, images, cost,"
          + " unpriced, latency, first_token, failure, stop_reason)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String DAY =
      "INSERT INTO usage_day (epoch_day, account, region, used_key, profile, served, calls,"
          + " failures, input, output, cache_read, cache_write, images, cost, latency,"
          + " unpriced)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (epoch_day, account, region, used_key, profile, served) DO UPDATE SET"
          + " calls = usage_day.calls + excluded.calls,"
          + " failures = usage_day.failures + excluded.failures,"
          + " input = usage_day.input + excluded.input,"
          + " output = usage_day.output + excluded.output,"
          + " cache_read = usage_day.cache_read + excluded.cache_read,"
          + " cache_write = usage_day.cache_write + excluded.cache_write,"
          + " images = usage_day.images + excluded.images,"
          + " cost = usage_day.cost + excluded.cost,"
          + " latency = usage_day.latency + excluded.latency,"
          + " unpriced = usage_day.unpriced + excluded.unpriced";

  private final Database database;
  private Statements statements;

  LedgerTable(Database database) {
    this.database = database;
  }

  /** Writes all of them or none. */
  void add(List<LedgerRow> rows) {
    database.write(
        sql -> {
          sql.connection(connection -> add(connection, rows));
          return null;
        });
  }

  private void add(Connection connection, List<LedgerRow> rows) throws SQLException {
    // One connection writes, one thread at a time; its statements end with it.
    if (statements == null || statements.connection != connection) {
      statements = new Statements(connection);
    }
    statements.add(rows);
  }

  /** Both statements, kept: to prepare them takes as long as to write a row. */
  private static final class Statements {
    private final Connection connection;
    private final PreparedStatement call;
    private final PreparedStatement day;

    Statements(Connection connection) throws SQLException {
      this.connection = connection;
      this.call = connection.prepareStatement(CALL);
      this.day = connection.prepareStatement(DAY);
    }

    void add(List<LedgerRow> rows) throws SQLException {
      boolean done = false;
      try {
        for (LedgerRow row : rows) {
          bind(call, row);
          call.addBatch();
        }
        call.executeBatch();
        for (DaySum sum : sums(rows)) {
          sum.bind(day);
          day.addBatch();
        }
        day.executeBatch();
        done = true;
      } finally {
        if (!done) {
          call.clearBatch();
          day.clearBatch();
        }
      }
    }
  }

  private static void bind(PreparedStatement insert, LedgerRow row) throws SQLException {
    insert.setLong(1, row.started());
    insert.setString(2, row.requestId());
    insert.setString(3, row.account());
    insert.setString(4, row.region());
    insert.setString(5, row.key());
    insert.setString(6, row.profile());
    insert.setString(7, row.operation());
    insert.setString(8, row.asked());
    insert.setString(9, row.served());
    insert.setLong(10, row.usage().input());
    insert.setLong(11, row.usage().output());
    insert.setLong(12, row.usage().cacheRead());
    insert.setLong(13, row.usage().cacheWrite());
    insert.setLong(14, row.usage().images());
    insert.setLong(15, row.cost());
    insert.setLong(16, row.unpriced() ? 1 : 0);
    insert.setLong(17, row.latency());
    insert.setLong(18, row.firstToken());
    insert.setString(19, row.failure());
    insert.setString(20, row.stopReason());
  }

  private static Collection<DaySum> sums(List<LedgerRow> rows) {
    Map<DaySum.Of, DaySum> sums = new LinkedHashMap<>();
    for (LedgerRow row : rows) {
      sums.computeIfAbsent(DaySum.Of.of(row), DaySum::new).add(row);
    }
    return sums.values();
  }

  /** Deletes calls that began before; says how many there were, at most {@code most}. */
  static int forget(DSLContext sql, long before, int most) {
    return sql.execute(
        "DELETE FROM call_record WHERE rowid IN"
            + " (SELECT rowid FROM call_record WHERE started < ? LIMIT ?)",
        before,
        most);
  }
}
