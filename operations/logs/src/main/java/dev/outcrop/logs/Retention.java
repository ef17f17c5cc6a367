package dev.outcrop.logs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;

/** Deletes what is older than its group keeps it, at the opening and every hour. */
final class Retention {
  /** What an event counts as in SQL: its bytes and CloudWatch's 26 around it. */
  static final String SIZE = "length(CAST(message AS BLOB)) + 26";

  private static final Duration EVERY = Duration.ofHours(1);
  private static final int AT_ONCE = 5_000;

  private final LogFile file;
  private final InstantSource clock;

  Retention(LogFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Runs until interrupted. */
  void run() {
    try {
      while (true) {
        sweep();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // the logs were closed
    }
  }

  void sweep() {
    List<GroupRow> groups =
        file.database()
            .read(
                sql ->
                    sql.fetch("SELECT " + GroupRow.COLUMNS + " FROM log_group WHERE retention > 0")
                        .map(GroupRow::of));
    for (GroupRow group : groups) {
      while (file.database().write(sql -> delete(sql, group)) == AT_ONCE) {
        // a transaction for each, so that nobody waits for all
      }
    }
  }

  private int delete(DSLContext sql, GroupRow group) {
    String old =
        "(SELECT id FROM log_event WHERE log_group = ? AND happened < ?"
            + " ORDER BY happened, id LIMIT "
            + AT_ONCE
            + ")";
    long before = group.oldest(clock.millis());
    sql.execute(
        "UPDATE log_group SET stored = stored - (SELECT coalesce(sum("
            + SIZE
            + "), 0) FROM log_event WHERE id IN "
            + old
            + ") WHERE id = ?",
        group.id(),
        before,
        group.id());
    return sql.execute("DELETE FROM log_event WHERE id IN " + old, group.id(), before);
  }
}
