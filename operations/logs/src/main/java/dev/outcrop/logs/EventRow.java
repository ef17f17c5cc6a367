package dev.outcrop.logs;

import org.jooq.Record;

/** An event in the database; its place in a stream or group is by time, then by id. */
record EventRow(long id, long stream, long happened, long ingested, String message) {
  static final String COLUMNS = "id, log_stream, happened, ingested, message";

  static EventRow of(Record row) {
    return new EventRow(
        row.get(0, Long.class),
        row.get(1, Long.class),
        row.get(2, Long.class),
        row.get(3, Long.class),
        row.get(4, String.class));
  }

  Place place() {
    return new Place(happened, id);
  }
}
