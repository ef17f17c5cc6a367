package dev.outcrop.logs;

import dev.outcrop.wire.RequestContext;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * A log group.
 *
 * @param created milliseconds since 1970
 * @param retention days that events are kept; 0 for ever
 * @param stored bytes of its events
 */
record GroupRow(long id, String name, long created, int retention, boolean guarded, long stored) {
  static final String COLUMNS = "id, name, created, retention, guarded, stored";

  private static final long DAY = 86_400_000;

  static GroupRow of(Record row) {
    return new GroupRow(
        row.get(0, Long.class),
        row.get(1, String.class),
        row.get(2, Long.class),
        row.get(3, Integer.class),
        row.get(4, Integer.class) == 1,
        row.get(5, Long.class));
  }

  static Optional<GroupRow> find(DSLContext sql, String name) {
    RequestContext context = RequestContext.current();
    return Optional.ofNullable(
            sql.fetchOne(
                "SELECT "
                    + COLUMNS
                    + " FROM log_group WHERE account = ? AND region = ? AND name = ?",
                context.account(),
                context.region(),
                name))
        .map(GroupRow::of);
  }

  /** The group of this name in the caller's account and region. */
  static GroupRow get(DSLContext sql, String name) {
    return find(sql, name).orElseThrow(Errors::noGroup);
  }

  /** The name in what is a name or an ARN, of which exactly one is given. */
  static String name(String name, String identifier) {
    if ((name == null) == (identifier == null)) {
      throw Errors.invalid("Specify either logGroupName or logGroupIdentifier, but not both.");
    }
    return name == null ? named(identifier) : name;
  }

  /** The name of a group that is given by name or ARN. */
  static String named(String identifier) {
    if (!identifier.startsWith("arn:")) {
      return identifier;
    }
    RequestContext context = RequestContext.current();
    String own = context.arn("logs", "log-group:");
    if (!identifier.startsWith(own)) {
      throw Errors.noGroup();
    }
    String name = identifier.substring(own.length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  String arn() {
    return RequestContext.current().arn("logs", "log-group:" + name);
  }

  /** Events that happened before are not kept any more. */
  long oldest(long now) {
    return retention == 0 ? 0 : now - retention * DAY;
  }
}
