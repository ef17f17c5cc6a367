package dev.outcrop.metering.ledger;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.table;

import dev.outcrop.storage.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Sums of the ledger, by days in UTC. */
public final class UsageReport {

  /** What to sum up by. */
  public enum By {
    MODEL("served"),
    KEY("used_key"),
    PROFILE("profile"),
    DAY("epoch_day");

    private final String column;

    By(String column) {
      this.column = column;
    }
  }

  /**
   * One line of a report.
   *
   * @param name the model, key, profile ARN (empty: none) or day
   * @param nanoDollars the cost, without what has no known price
   * @param unpriced calls of which something has no known price
   * @param latencyMillis the mean
   */
  public record Line(
      String name,
      long calls,
      long failures,
      long input,
      long output,
      long cacheRead,
      long cacheWrite,
      long images,
      long nanoDollars,
      long unpriced,
      long latencyMillis) {}

  /** Tokens of every kind, and cost. */
  public record Spent(long tokens, long nanoDollars) {}

  private static final Table<Record> USAGE = table("usage_day");
  private static final Field<Long> DAY = field("epoch_day", Long.class);
  private static final Field<Long> CALLS = sum("calls");
  private static final Field<Long> FAILURES = sum("failures");
  private static final Field<Long> INPUT = sum("input");
  private static final Field<Long> OUTPUT = sum("output");
  private static final Field<Long> CACHE_READ = sum("cache_read");
  private static final Field<Long> CACHE_WRITE = sum("cache_write");
  private static final Field<Long> IMAGES = sum("images");
  private static final Field<Long> COST = sum("cost");
  private static final Field<Long> UNPRICED = sum("unpriced");
  private static final Field<Long> LATENCY = sum("latency");

  private final Database database;

  public UsageReport(Database database) {
    this.database = database;
  }

  /** The lines since a day, the dearest first, days in order. */
  public List<Line> lines(By by, LocalDate since) {
    Field<String> name = field(by.column, String.class).as("name");
    List<SortField<?>> order =
        by == By.DAY
            ? List.of(field(by.column).asc())
            : List.of(COST.desc(), CALLS.desc(), field(by.column).asc());
    return database.read(
        sql ->
            sql.select(name, CALLS, FAILURES, INPUT, OUTPUT, CACHE_READ, CACHE_WRITE, IMAGES)
                .select(COST, UNPRICED, LATENCY)
                .from(USAGE)
                .where(DAY.ge(since.toEpochDay()))
                .groupBy(field(by.column))
                .orderBy(order)
                .fetch(row -> line(by, row.get(name), row)));
  }

  private static Line line(By by, String name, Record row) {
    return new Line(
        by == By.DAY ? LocalDate.ofEpochDay(Long.parseLong(name)).toString() : name,
        row.get(CALLS),
        row.get(FAILURES),
        row.get(INPUT),
        row.get(OUTPUT),
        row.get(CACHE_READ),
        row.get(CACHE_WRITE),
        row.get(IMAGES),
        row.get(COST),
        row.get(UNPRICED),
        row.get(LATENCY) / row.get(CALLS));
  }

  /**
   * What was spent since the day of an instant.
   *
   * @param key null for all keys
   * @param profile null for all profiles and calls without one
   */
  public Spent spent(String key, String profile, Instant since) {
    Condition wanted = DAY.ge(LedgerRow.epochDay(since));
    if (key != null) {
      wanted = wanted.and(field("used_key", String.class).eq(key));
    }
    if (profile != null) {
      wanted = wanted.and(field("profile", String.class).eq(profile));
    }
    Condition all = wanted;
    return database.read(
        sql -> {
          Record row =
              sql.select(INPUT, OUTPUT, CACHE_READ, CACHE_WRITE, COST)
                  .from(USAGE)
                  .where(all)
                  .fetchOne();
          return new Spent(
              row.get(INPUT) + row.get(OUTPUT) + row.get(CACHE_READ) + row.get(CACHE_WRITE),
              row.get(COST));
        });
  }

  // Told that they are long: left to itself, jOOQ takes SQLite's INTEGER for 32 bits.
  private static Field<Long> sum(String column) {
    return coalesce(DSL.sum(field(column, Long.class)).cast(Long.class), inline(0L)).as(column);
  }
}
