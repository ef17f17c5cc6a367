package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Writes records into the stream of a log group that Bedrock uses. */
record GroupWriter(CloudWatchLogsClient logs) {
  static final String STREAM = "aws/bedrock/modelinvocations";

  private static final int MOST_BYTES = 1_000_000;
  private static final int AROUND = 26;

  /**
   * A record.
   *
   * @param time milliseconds since 1970
   */
  record Line(long time, ObjectNode record) {}

  /**
   * Writes all lines, in as many requests as that takes.
   *
   * @param written told how many each of them brought
   */
  void write(String group, List<Line> lines, IntConsumer written) {
    List<InputLogEvent> events = new ArrayList<>();
    int bytes = 0;
    for (Line line : lines.stream().sorted(Comparator.comparingLong(Line::time)).toList()) {
      byte[] record = Delivery.bytes(line.record());
      if (bytes + record.length + AROUND > MOST_BYTES && !events.isEmpty()) {
        put(group, events, written);
        events.clear();
        bytes = 0;
      }
      bytes += record.length + AROUND;
      events.add(
          InputLogEvent.builder()
              .timestamp(line.time())
              .message(new String(record, StandardCharsets.UTF_8))
              .build());
    }
    put(group, events, written);
  }

  private void put(String group, List<InputLogEvent> events, IntConsumer written) {
    try {
      send(group, events);
    } catch (ResourceNotFoundException e) {
      createStream(group); // says it if it is the group that is missing
      send(group, events);
    }
    written.accept(events.size());
  }

  private void createStream(String group) {
    try {
      logs.createLogStream(create -> create.logGroupName(group).logStreamName(STREAM));
    } catch (ResourceAlreadyExistsException e) {
      // somebody else was faster
    }
  }

  private void send(String group, List<InputLogEvent> events) {
    logs.putLogEvents(put -> put.logGroupName(group).logStreamName(STREAM).logEvents(events));
  }
}
