package dev.outcrop.logs;

import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/** CloudWatch Logs' operations on log streams. */
public final class LogStreams {
  private static final int PAGE = 50;

  private final LogFile file;
  private final InstantSource clock;

  LogStreams(LogFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
    int added =
        file.database()
            .write(
                sql ->
                    sql.execute(
                        "INSERT INTO log_stream (log_group, name, created, first, last, ingested)"
                            + " VALUES (?, ?, ?, 0, 0, 0) ON CONFLICT DO NOTHING",
                        GroupRow.get(sql, request.logGroupName()).id(),
                        request.logStreamName(),
                        clock.millis()));
    if (added == 0) {
      throw Errors.exists("log stream");
    }
    return CreateLogStreamResponse.builder().build();
  }

  /** Deletes the stream with its events. */
  public DeleteLogStreamResponse deleteLogStream(DeleteLogStreamRequest request) {
    file.database()
        .write(
            sql -> {
              GroupRow group = GroupRow.get(sql, request.logGroupName());
              StreamRow stream = StreamRow.get(sql, group, request.logStreamName());
              sql.execute(
                  "UPDATE log_group SET stored = stored - (SELECT coalesce(sum("
                      + Retention.SIZE
                      + "), 0) FROM log_event WHERE log_stream = ?) WHERE id = ?",
                  stream.id(),
                  group.id());
              sql.execute("DELETE FROM log_event WHERE log_stream = ?", stream.id());
              return sql.execute("DELETE FROM log_stream WHERE id = ?", stream.id());
            });
    return DeleteLogStreamResponse.builder().build();
  }

  /** Streams by name or by the time of their newest event. */
  public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
    String name = GroupRow.name(request.logGroupName(), request.logGroupIdentifier());
    boolean byTime = request.orderBy() == OrderBy.LAST_EVENT_TIME;
    if (byTime && request.logStreamNamePrefix() != null) {
      throw Errors.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    int size = request.limit() == null ? PAGE : request.limit();
    List<StreamRow> rows =
        file.database()
            .read(
                sql -> {
                  GroupRow group = GroupRow.get(sql, name);
                  return rows(sql, group, request, byTime, size + 1);
                });
    List<StreamRow> page = rows.subList(0, Math.min(size, rows.size()));
    GroupRow group = file.database().read(sql -> GroupRow.get(sql, name));
    return DescribeLogStreamsResponse.builder()
        .logStreams(page.stream().map(row -> described(group, row)).toList())
        .nextToken(
            rows.size() > size
                ? file.seal(
                    purpose(group, request),
                    List.of(String.valueOf(page.getLast().last()), page.getLast().name()))
                : null)
        .build();
  }

  private static String purpose(GroupRow group, DescribeLogStreamsRequest request) {
    return "DescribeLogStreams\n"
        + group.id()
        + "\n"
        + request.toBuilder().nextToken(null).limit(null).build();
  }

  private List<StreamRow> rows(
      DSLContext sql, GroupRow group, DescribeLogStreamsRequest request, boolean byTime, int most) {
    String prefix = request.logStreamNamePrefix() == null ? "" : request.logStreamNamePrefix();
    boolean down = Boolean.TRUE.equals(request.descending());
    List<String> after =
        request.nextToken() == null
            ? null
            : file.unseal(purpose(group, request), request.nextToken());
    String place = byTime ? "(last, name)" : "(0, name)";
    String order = down ? " DESC" : "";
    return sql.fetch(
            "SELECT "
                + StreamRow.COLUMNS
                + " FROM log_stream WHERE log_group = ? AND substr(name, 1, ?) = ? AND (? OR "
                + place
                + (down ? " < " : " > ")
                + "(?, ?)) ORDER BY "
                + (byTime ? "last" + order + ", " : "")
                + "name"
                + order
                + " LIMIT ?",
            group.id(),
            prefix.length(),
            prefix,
            after == null,
            after == null || !byTime ? 0 : Long.parseLong(after.getFirst()),
            after == null ? "" : after.getLast(),
            most)
        .map(StreamRow::of);
  }

  private static LogStream described(GroupRow group, StreamRow row) {
    boolean empty = row.ingested() == 0;
    return LogStream.builder()
        .logStreamName(row.name())
        .arn(group.arn() + ":log-stream:" + row.name())
        .creationTime(row.created())
        .firstEventTimestamp(empty ? null : row.first())
        .lastEventTimestamp(empty ? null : row.last())
        .lastIngestionTime(empty ? null : row.ingested())
        .storedBytes(0L) // what AWS answers since it counts bytes by group alone
        .build();
  }
}
