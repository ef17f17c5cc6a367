package dev.outcrop.metering.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What some calls add to a row of {@code usage_day}. */
final class DaySum {

  /** The row. */
  record Of(long day, String account, String region, String key, String profile, String served) {
    static Of of(LedgerRow row) {
      return new Of(
          row.epochDay(), row.account(), row.region(), row.key(), row.profile(), row.served());
    }
  }

  private final Of of;
  private long calls;
  private long failures;
  private long input;
  private long output;
  private long cacheRead;
  private long cacheWrite;
  private long images;
  private long cost;
  private long latency;
  private long unpriced;

  DaySum(Of of) {
    this.of = of;
  }

  void add(LedgerRow row) {
    calls++;
    failures += row.failure().isEmpty() ? 0 : 1;
    input += row.usage().input();
    output += row.usage().output();
    cacheRead += row.usage().cacheRead();
    cacheWrite += row.usage().cacheWrite();
    images += row.usage().images();
    cost = Math.addExact(cost, row.cost());
    latency += row.latency();
    unpriced += row.unpriced() ? 1 : 0;
  }

  void bind(PreparedStatement upsert) throws SQLException {
    upsert.setLong(1, of.day());
    upsert.setString(2, of.account());
    upsert.setString(3, of.region());
    upsert.setString(4, of.key());
    upsert.setString(5, of.profile());
    upsert.setString(6, of.served());
    upsert.setLong(7, calls);
    upsert.setLong(8, failures);
    upsert.setLong(9, input);
    upsert.setLong(10, output);
    upsert.setLong(11, cacheRead);
    upsert.setLong(12, cacheWrite);
    upsert.setLong(13, images);
    upsert.setLong(14, cost);
    upsert.setLong(15, latency);
    upsert.setLong(16, unpriced);
  }
}
