package dev.outcrop.metering.cloudwatch;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.outcrop.storage.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * Points of metrics in the database. Like CloudWatch it keeps seconds for three hours, minutes for
 * 15 days, five minutes for 63 days and hours for 455 days.
 */
final class MetricStore {
  static final Table<Record> SERIES = table("metric_series");
  static final Table<Record> POINT = table("metric_point");
  static final Field<String> ID = field("series", String.class);
  static final Field<String> ACCOUNT = field("account", String.class);
  static final Field<String> REGION = field("region", String.class);
  static final Field<String> NAMESPACE = field("namespace", String.class);
  static final Field<String> METRIC = field("metric", String.class);
  static final Field<String> DIMENSIONS = field("dimensions", String.class);
  static final Field<Long> LAST_SEEN = field("last_seen", Long.class);
  static final Field<Long> RESOLUTION = field("resolution", Long.class);
  static final Field<Long> STARTED = field("started", Long.class);
  static final Field<String> UNIT = field("unit", String.class);
  static final Field<Double> SAMPLES = field("samples", Double.class);
  static final Field<Double> TOTAL = field("total", Double.class);
  static final Field<Double> LEAST = field("least", Double.class);
  static final Field<Double> MOST = field("most", Double.class);
  static final Field<byte[]> SPREAD = field("spread", byte[].class);

  /** How long points of a resolution are kept, and what they become. */
  private record Age(int resolution, Duration kept, int next) {}

  private static final List<Age> AGES =
      List.of(
          new Age(1, Duration.ofHours(3), 60),
          new Age(60, Duration.ofDays(15), 300),
          new Age(300, Duration.ofDays(63), 3600),
          new Age(3600, Duration.ofDays(455), 0));

  private static final int ROLLED_AT_ONCE = 200;

  private final Database database;

  MetricStore(Database database) {
    this.database = database;
  }

  /** Adds to what is there, all in one transaction. */
  void add(Collection<Point> points) {
    if (!points.isEmpty()) {
      database.write(
          sql -> {
            points.forEach(point -> add(sql, point.series().id(), point));
            points.stream().map(Point::series).distinct().forEach(s -> seen(sql, s, points));
            return null;
          });
    }
  }

  private static void seen(DSLContext sql, Series series, Collection<Point> points) {
    long last =
        points.stream()
            .filter(point -> point.series().equals(series))
            .mapToLong(Point::started)
            .max()
            .orElseThrow();
    sql.insertInto(SERIES)
        .set(ID, series.id())
        .set(ACCOUNT, series.account())
        .set(REGION, series.region())
        .set(NAMESPACE, series.namespace())
        .set(METRIC, series.name())
        .set(DIMENSIONS, series.dimensionsJson())
        .set(LAST_SEEN, last)
        .onConflict(ID)
        .doUpdate()
        .set(
            LAST_SEEN,
            org.jooq.impl.DSL.greatest(
                field("metric_series.last_seen", Long.class),
                field("excluded.last_seen", Long.class)))
        .execute();
  }

  private static void add(DSLContext sql, String series, Point point) {
    Condition row =
        ID.eq(series)
            .and(RESOLUTION.eq((long) point.resolution()))
            .and(STARTED.eq(point.started()))
            .and(UNIT.eq(point.unit()));
    Distribution values = new Distribution();
    Record before =
        sql.select(SAMPLES, TOTAL, LEAST, MOST, SPREAD).from(POINT).where(row).fetchOne();
    if (before != null) {
      values.add(distribution(before));
      sql.deleteFrom(POINT).where(row).execute();
    }
    values.add(point.values());
    sql.insertInto(POINT)
        .set(ID, series)
        .set(RESOLUTION, (long) point.resolution())
        .set(STARTED, point.started())
        .set(UNIT, point.unit())
        .set(SAMPLES, values.count)
        .set(TOTAL, values.sum)
        .set(LEAST, values.min)
        .set(MOST, values.max)
        .set(SPREAD, values.spread())
        .execute();
  }

  private static Distribution distribution(Record row) {
    return Distribution.of(
        row.get(SAMPLES), row.get(TOTAL), row.get(LEAST), row.get(MOST), row.get(SPREAD));
  }

  /**
   * The points of a metric that began in a stretch of time, oldest first.
   *
   * @param unit null for any
   */
  List<Point> points(Series series, long from, long to, String unit) {
    Condition wanted = ID.eq(series.id()).and(STARTED.ge(from)).and(STARTED.lt(to));
    Condition all = unit == null ? wanted : wanted.and(UNIT.eq(unit));
    return database.read(
        sql -> sql.selectFrom(POINT).where(all).orderBy(STARTED).fetch(row -> point(series, row)));
  }

  private static Point point(Series series, Record row) {
    return new Point(
        series,
        Math.toIntExact(row.get("resolution", Long.class)),
        row.get("started", Long.class),
        row.get("unit", String.class),
        Distribution.of(
            row.get("samples", Double.class),
            row.get("total", Double.class),
            row.get("least", Double.class),
            row.get("most", Double.class),
            row.get("spread", byte[].class)));
  }

  /** Puts points that are old enough into coarser ones, and forgets the oldest. */
  void rollUp(long now) {
    for (Age age : AGES) {
      long before = now - age.kept().toMillis();
      while (database.write(sql -> rollUp(sql, age, before)) == ROLLED_AT_ONCE) {
        // a transaction for each, so that nobody waits for all
      }
    }
  }

  private static int rollUp(DSLContext sql, Age age, long before) {
    List<? extends Record> old =
        sql.select(ID, STARTED, UNIT, SAMPLES, TOTAL, LEAST, MOST, SPREAD)
            .from(POINT)
            .where(RESOLUTION.eq((long) age.resolution()).and(STARTED.lt(before)))
            .orderBy(STARTED, ID, UNIT)
            .limit(ROLLED_AT_ONCE)
            .fetch();
    for (Record row : old) {
      sql.deleteFrom(POINT)
          .where(ID.eq(row.get(ID)))
          .and(RESOLUTION.eq((long) age.resolution()))
          .and(STARTED.eq(row.get(STARTED)))
          .and(UNIT.eq(row.get(UNIT)))
          .execute();
      if (age.next() != 0) {
        long step = age.next() * 1000L;
        long started = row.get(STARTED) / step * step;
        add(
            sql,
            row.get(ID),
            new Point(null, age.next(), started, row.get(UNIT), distribution(row)));
      }
    }
    return old.size();
  }

  Database database() {
    return database;
  }
}
