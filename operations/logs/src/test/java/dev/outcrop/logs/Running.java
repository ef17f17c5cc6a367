package dev.outcrop.logs;

import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;

/** Logs in a folder, with a clock that stands still until it is moved, and a client of them. */
final class Running implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  final Logs logs;
  final CloudWatchLogsClient client;
  volatile Instant now = START;

  Running(Path folder) {
    InstantSource clock = () -> now;
    logs = new Logs(folder.resolve("logs.db"), clock);
    client =
        LocalClients.create(
            CloudWatchLogsClient.class, Capabilities.of(logs.capabilities().toArray()));
  }

  void stream(String group, String stream) {
    client.createLogGroup(create -> create.logGroupName(group));
    client.createLogStream(create -> create.logGroupName(group).logStreamName(stream));
  }

  PutLogEventsResponse put(String group, String stream, List<InputLogEvent> events) {
    return client.putLogEvents(
        put -> put.logGroupName(group).logStreamName(stream).logEvents(events));
  }

  /** Messages {@code m0, m1, …}, one a millisecond from the clock's time on. */
  List<InputLogEvent> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> event(i, "m" + i)).toList();
  }

  InputLogEvent event(long millis, String message) {
    return InputLogEvent.builder().timestamp(now.toEpochMilli() + millis).message(message).build();
  }

  @Override
  public void close() {
    logs.close();
  }
}
