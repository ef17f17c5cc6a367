package dev.outcrop.logs;

import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * A log stream; times are milliseconds since 1970, 0 for none.
 *
 * @param first when its oldest event happened
 * @param last when its newest event happened
 * @param ingested when its last event came
 */
record StreamRow(long id, String name, long created, long first, long last, long ingested) {
  static final String COLUMNS = "id, name, created, first, last, ingested";

  static StreamRow of(Record row) {
    return new StreamRow(
        row.get(0, Long.class),
        row.get(1, String.class),
        row.get(2, Long.class),
        row.get(3, Long.class),
        row.get(4, Long.class),
        row.get(5, Long.class));
  }

  static StreamRow get(DSLContext sql, GroupRow group, String name) {
    return Optional.ofNullable(
            sql.fetchOne(
                "SELECT " + COLUMNS + " FROM log_stream WHERE log_group = ? AND name = ?",
                group.id(),
                name))
        .map(StreamRow::of)
        .orElseThrow(Errors::noStream);
  }
}
