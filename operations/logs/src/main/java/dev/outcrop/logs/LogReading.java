package dev.outcrop.logs;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/**
 * Reads a stream page by page in both directions. A token names a place between events and the
 * direction; at an end, the page is empty and the token of its direction is the one that was sent,
 * which is how clients know that they are there, and where later events are found.
 */
public final class LogReading {
  private static final int MOST = 10_000;
  private static final int MOST_BYTES = 1_048_576;

  private final LogFile file;
  private final InstantSource clock;

  LogReading(LogFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  private record Window(long from, long to, int most) {}

  private record Page(Place start, boolean forward, List<EventRow> rows) {
    Place end(boolean last) {
      if (rows.isEmpty()) {
        return last == forward ? start : last ? start.previous() : start.next();
      }
      return last ? rows.getLast().place() : rows.getFirst().place();
    }
  }

  public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
    Errors.refuse(Boolean.TRUE.equals(request.unmask()), "unmask", "nothing is masked");
    String name = GroupRow.name(request.logGroupName(), request.logGroupIdentifier());
    return file.database()
        .read(
            sql -> {
              GroupRow group = GroupRow.get(sql, name);
              StreamRow stream = StreamRow.get(sql, group, request.logStreamName());
              return page(sql, group, stream, request);
            });
  }

  private GetLogEventsResponse page(
      DSLContext sql, GroupRow group, StreamRow stream, GetLogEventsRequest request) {
    Window window =
        new Window(
            Math.max(
                request.startTime() == null ? 0 : request.startTime(),
                group.oldest(clock.millis())),
            request.endTime() == null ? Long.MAX_VALUE : request.endTime(),
            request.limit() == null ? MOST : request.limit());
    String token = request.nextToken();
    boolean forward =
        token == null ? Boolean.TRUE.equals(request.startFromHead()) : token.startsWith("f/");
    Place start = start(stream, window, forward, token);
    Page page = new Page(start, forward, rows(sql, stream, window, forward, start));
    return GetLogEventsResponse.builder()
        .events(page.rows().stream().map(LogReading::event).toList())
        .nextForwardToken("f/" + seal(stream, page.end(true)))
        .nextBackwardToken("b/" + seal(stream, page.end(false)))
        .build();
  }

  private Place start(StreamRow stream, Window window, boolean forward, String token) {
    if (token == null) {
      return Place.before(forward ? window.from() : window.to());
    }
    if (!forward && !token.startsWith("b/")) {
      throw Errors.invalid("The specified nextToken is invalid.");
    }
    return Place.of(file.unseal(purpose(stream), token.substring(2)));
  }

  private String seal(StreamRow stream, Place place) {
    return file.seal(purpose(stream), place.position());
  }

  private static String purpose(StreamRow stream) {
    return "GetLogEvents\n" + stream.id();
  }

  private static List<EventRow> rows(
      DSLContext sql, StreamRow stream, Window window, boolean forward, Place start) {
    List<EventRow> rows = new ArrayList<>();
    long bytes = 0;
    String order = forward ? "" : " DESC";
    try (var found =
        sql.fetchLazy(
            "SELECT "
                + EventRow.COLUMNS
                + " FROM log_event WHERE log_stream = ? AND happened >= ? AND happened < ?"
                + " AND (happened, id) "
                + (forward ? ">" : "<")
                + " (?, ?) ORDER BY happened"
                + order
                + ", id"
                + order
                + " LIMIT ?",
            stream.id(),
            window.from(),
            window.to(),
            start.happened(),
            start.id(),
            window.most())) {
      while (bytes < MOST_BYTES && found.hasNext()) {
        EventRow row = EventRow.of(found.fetchNext());
        bytes += row.message().length();
        rows.add(row);
      }
    }
    if (!forward) {
      Collections.reverse(rows);
    }
    return rows;
  }

  private static OutputLogEvent event(EventRow row) {
    return OutputLogEvent.builder()
        .timestamp(row.happened())
        .message(row.message())
        .ingestionTime(row.ingested())
        .build();
  }
}
