package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.bedrock.model.CloudWatchConfig;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Brings records where they belong. Used by one thread. */
final class Delivery {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final JsonMapper MAPPER = new JsonMapper();

  private final S3Client s3;
  private final GroupWriter groups;
  private final LongConsumer lost;
  private final Map<Destination, LineFile> files = new LinkedHashMap<>();

  private record Destination(InvocationLogging.Place place, LoggingConfig config) {}

  /**
   * @param lost told how many records could not be delivered
   */
  Delivery(CloudWatchLogsClient logs, S3Client s3, LongConsumer lost) {
    this.s3 = s3;
    this.groups = new GroupWriter(logs);
    this.lost = lost;
  }

  void deliver(List<Logged> batch) {
    Map<Destination, List<Logged>> sorted = new LinkedHashMap<>();
    for (Logged logged : batch) {
      sorted
          .computeIfAbsent(
              new Destination(logged.place(), logged.config), d -> new java.util.ArrayList<>())
          .add(logged);
    }
    sorted.forEach(
        (destination, calls) ->
            InvocationLogging.context(destination.place())
                .call(
                    () -> {
                      deliver(destination, calls);
                      return null;
                    }));
  }

  private void deliver(Destination destination, List<Logged> calls) {
    CloudWatchConfig group = destination.config().cloudWatchConfig();
    if (group != null) {
      tried(
          calls.size(),
          "log group " + group.logGroupName(),
          () -> {
            LargeBodies large = new LargeBodies(s3, group.largeDataDeliveryS3Config());
            groups.write(
                group.logGroupName(), calls.stream().map(call -> line(call, large)).toList());
          });
    }
    if (destination.config().s3Config() != null) {
      LargeBodies large = new LargeBodies(s3, destination.config().s3Config());
      LineFile file =
          files.computeIfAbsent(
              destination, d -> new LineFile(s3, d.config().s3Config(), d.place()));
      for (Logged call : calls) {
        tried(
            1,
            "bucket " + destination.config().s3Config().bucketName(),
            () -> file.add(call.call.start(), bytes(line(call, large).record())));
      }
      if (file.full()) {
        flush(file);
      }
    }
  }

  private static GroupWriter.Line line(Logged call, LargeBodies large) {
    ObjectNode record = LogRecord.of(call);
    large.moveFrom(record, call.call);
    return new GroupWriter.Line(call.call.start().toEpochMilli(), record);
  }

  /** Writes the files that were begun. */
  void flush() {
    files.values().forEach(this::flush);
    files.clear();
  }

  private void flush(LineFile file) {
    tried(file.lines(), "bucket " + file.bucket(), file::flush);
  }

  private void tried(int records, String where, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      lost.accept(records);
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} records of model calls could not be written to {1}: {2}",
          records,
          where,
          e.getMessage());
    }
  }

  static byte[] bytes(ObjectNode record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
