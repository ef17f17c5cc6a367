package dev.outcrop.logs;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/** Takes log events in. They are on the disk when they are acknowledged. */
public final class LogEvents {
  private static final int MOST_BYTES = 1_048_576;
  private static final int AROUND = 26;
  private static final long SPAN = Duration.ofHours(24).toMillis();
  private static final long OLDEST = Duration.ofDays(14).toMillis();
  private static final long NEWEST = Duration.ofHours(2).toMillis();

  private final LogFile file;
  private final InstantSource clock;

  LogEvents(LogFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Keeps events in their order. Those too old or too new are told of in the answer and not kept. A
   * sequence token is taken and means nothing, as in AWS.
   */
  public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
    Errors.refuse(request.entity() != null, "entity", "there are no entities to relate logs to");
    List<InputLogEvent> events = request.logEvents();
    long bytes = checked(events);
    long now = clock.millis();
    return file.database()
        .write(
            sql -> {
              GroupRow group = GroupRow.get(sql, request.logGroupName());
              StreamRow stream = StreamRow.get(sql, group, request.logStreamName());
              Accepted accepted =
                  Accepted.of(events, group.oldest(now), now - OLDEST, now + NEWEST);
              List<InputLogEvent> kept = accepted.of(events);
              if (!kept.isEmpty()) {
                sql.connection(connection -> add(connection, group, stream, kept, now));
                sql.execute(
                    "UPDATE log_group SET stored = stored + ? WHERE id = ?",
                    kept.size() == events.size() ? bytes : size(kept),
                    group.id());
              }
              return PutLogEventsResponse.builder()
                  .nextSequenceToken(String.valueOf(now))
                  .rejectedLogEventsInfo(accepted.info(events.size()))
                  .build();
            });
  }

  private static long checked(List<InputLogEvent> events) {
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).timestamp() < events.get(i - 1).timestamp()) {
        throw Errors.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
    }
    if (events.getLast().timestamp() - events.getFirst().timestamp() > SPAN) {
      throw Errors.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
    long bytes = size(events);
    if (bytes > MOST_BYTES) {
      throw Errors.invalid("Upload too large: " + bytes + " bytes exceeds limit of " + MOST_BYTES);
    }
    return bytes;
  }

  private static long size(List<InputLogEvent> events) {
    long bytes = 0;
    for (InputLogEvent event : events) {
      bytes += event.message().getBytes(StandardCharsets.UTF_8).length + AROUND;
    }
    return bytes;
  }

  private static void add(
      Connection connection, GroupRow group, StreamRow stream, List<InputLogEvent> events, long now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO log_event (log_group, log_stream, happened, ingested, message)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (InputLogEvent event : events) {
        insert.setLong(1, group.id());
        insert.setLong(2, stream.id());
        insert.setLong(3, event.timestamp());
        insert.setLong(4, now);
        insert.setString(5, event.message());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    long first = events.getFirst().timestamp();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE log_stream SET first = ?, last = ?, ingested = ? WHERE id = ?")) {
      update.setLong(1, stream.ingested() == 0 ? first : Math.min(first, stream.first()));
      update.setLong(2, Math.max(stream.last(), events.getLast().timestamp()));
      update.setLong(3, now);
      update.setLong(4, stream.id());
      update.executeUpdate();
    }
  }

  /**
   * Which of a batch in order is kept: events from {@code from} to before {@code to}.
   *
   * @param expired how many at the begin are older than the group keeps events
   * @param old how many at the begin are older than CloudWatch takes them
   */
  private record Accepted(int from, int to, int expired, int old) {

    static Accepted of(List<InputLogEvent> events, long expiry, long oldest, long newest) {
      int expired = before(events, expiry);
      int old = before(events, oldest);
      int to = before(events, newest + 1);
      return new Accepted(
          Math.max(expired, old), Math.max(to, Math.max(expired, old)), expired, old);
    }

    private static int before(List<InputLogEvent> events, long time) {
      int count = 0;
      while (count < events.size() && events.get(count).timestamp() < time) {
        count++;
      }
      return count;
    }

    List<InputLogEvent> of(List<InputLogEvent> events) {
      return events.subList(from, to);
    }

    /** Null when all are kept; ends are exclusive, as AWS counts them. */
    RejectedLogEventsInfo info(int all) {
      if (from == 0 && to == all) {
        return null;
      }
      return RejectedLogEventsInfo.builder()
          .tooOldLogEventEndIndex(old == 0 ? null : old)
          .expiredLogEventEndIndex(expired == 0 ? null : expired)
          .tooNewLogEventStartIndex(to == all ? null : to)
          .build();
    }
  }
}
