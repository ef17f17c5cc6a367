package dev.outcrop.logs;

import dev.outcrop.logs.filter.FilterPattern;
import dev.outcrop.logs.filter.PatternException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Searches a group's streams, in the order that events happened. A page ends when it is full or
 * when enough was looked at; as in AWS it can then have no events and yet a token.
 */
public final class LogSearch {
  private static final int MOST = 10_000;
  private static final int MOST_BYTES = 1_048_576;
  private static final int MOST_SEEN = 100_000;
  private static final long MOST_SEEN_CHARACTERS = 64L << 20;

  private final LogFile file;
  private final InstantSource clock;

  LogSearch(LogFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  private record Query(FilterPattern pattern, long from, long to, int most, Place after) {}

  private record Found(List<EventRow> rows, Place next) {}

  public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
    Errors.refuse(Boolean.TRUE.equals(request.unmask()), "unmask", "nothing is masked");
    String name = GroupRow.name(request.logGroupName(), request.logGroupIdentifier());
    if (request.hasLogStreamNames() && request.logStreamNamePrefix() != null) {
      throw Errors.invalid("Specify logStreamNames or logStreamNamePrefix, but not both.");
    }
    FilterPattern pattern = pattern(request.filterPattern());
    return file.database()
        .read(
            sql -> {
              GroupRow group = GroupRow.get(sql, name);
              String purpose = purpose(group, request);
              Query query =
                  new Query(
                      pattern,
                      Math.max(
                          request.startTime() == null ? 0 : request.startTime(),
                          group.oldest(clock.millis())),
                      // The end is a part of the range here, other than in GetLogEvents.
                      request.endTime() == null ? Long.MAX_VALUE : request.endTime(),
                      request.limit() == null ? MOST : request.limit(),
                      request.nextToken() == null
                          ? Place.before(0)
                          : Place.of(file.unseal(purpose, request.nextToken())));
              Found found = find(sql, where(sql, group, request), query);
              return answer(sql, purpose, found);
            });
  }

  private static FilterPattern pattern(String text) {
    try {
      return FilterPattern.parse(text == null ? "" : text);
    } catch (PatternException e) {
      throw Errors.invalid("Invalid filter pattern: " + e.getMessage());
    }
  }

  private static String purpose(GroupRow group, FilterLogEventsRequest request) {
    return "FilterLogEvents\n"
        + group.id()
        + "\n"
        + request.toBuilder().nextToken(null).limit(null).build();
  }

  /** A condition for the streams that are to be searched. */
  private static String where(DSLContext sql, GroupRow group, FilterLogEventsRequest request) {
    if (!request.hasLogStreamNames() && request.logStreamNamePrefix() == null) {
      return "log_group = " + group.id();
    }
    List<Long> ids;
    if (request.hasLogStreamNames()) {
      ids =
          request.logStreamNames().stream()
              .map(stream -> StreamRow.get(sql, group, stream).id())
              .toList();
    } else {
      ids =
          sql.fetch(
                  "SELECT id FROM log_stream WHERE log_group = ? AND substr(name, 1, ?) = ?",
                  group.id(),
                  request.logStreamNamePrefix().length(),
                  request.logStreamNamePrefix())
              .getValues(0, Long.class);
    }
    String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return ids.size() == 1
        ? "log_stream = " + list
        : "log_group = " + group.id() + " AND log_stream IN (" + list + ")";
  }

  private static Found find(DSLContext sql, String where, Query query) {
    List<EventRow> rows = new ArrayList<>();
    long bytes = 0;
    long characters = 0;
    int seen = 0;
    try (var found =
        sql.fetchLazy(
            "SELECT "
                + EventRow.COLUMNS
                + " FROM log_event WHERE "
                + where
                + " AND happened >= ? AND happened <= ? AND (happened, id) > (?, ?)"
                + " ORDER BY happened, id",
            query.from(),
            query.to(),
            query.after().happened(),
            query.after().id())) {
      while (found.hasNext()) {
        EventRow row = EventRow.of(found.fetchNext());
        characters += row.message().length();
        if (query.pattern().matches(row.message())) {
          rows.add(row);
          bytes += row.message().length();
        }
        boolean full = rows.size() == query.most() || bytes >= MOST_BYTES;
        if ((full || ++seen == MOST_SEEN || characters >= MOST_SEEN_CHARACTERS)
            && found.hasNext()) {
          return new Found(rows, row.place());
        }
      }
    }
    return new Found(rows, null);
  }

  private FilterLogEventsResponse answer(DSLContext sql, String purpose, Found found) {
    Map<Long, String> names = new HashMap<>();
    List<FilteredLogEvent> events = new ArrayList<>();
    for (EventRow row : found.rows()) {
      events.add(
          FilteredLogEvent.builder()
              .logStreamName(names.computeIfAbsent(row.stream(), id -> name(sql, id)))
              .timestamp(row.happened())
              .ingestionTime(row.ingested())
              .message(row.message())
              .eventId("%028d%028d".formatted(row.happened(), row.id()))
              .build());
    }
    return FilterLogEventsResponse.builder()
        .events(events)
        .searchedLogStreams(List.of()) // AWS too leaves it empty now
        .nextToken(found.next() == null ? null : file.seal(purpose, found.next().position()))
        .build();
  }

  private static String name(DSLContext sql, long id) {
    return sql.fetchOne("SELECT name FROM log_stream WHERE id = ?", id).get(0, String.class);
  }
}
