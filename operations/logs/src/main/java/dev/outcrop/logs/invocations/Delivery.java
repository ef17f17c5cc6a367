package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.bedrock.model.CloudWatchConfig;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;
import software.amazon.awssdk.services.bedrock.model.S3Config;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Brings records where they belong. Used by one thread. */
final class Delivery {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final JsonMapper MAPPER = new JsonMapper();

  private final S3Client s3;
  private final GroupWriter groups;
  private final LogDeliveries deliveries;
  private final LongConsumer lost;
  private final Map<Destination, LineFile> files = new LinkedHashMap<>();

  private record Destination(InvocationLogging.Place place, LoggingConfig config) {}

  /** Some records on their way. */
  private record Records(InvocationLogging.Place place, LogDeliveries.Destination to, int count) {}

  /**
   * @param lost told how many records could not be delivered
   */
  Delivery(CloudWatchLogsClient logs, S3Client s3, LogDeliveries deliveries, LongConsumer lost) {
    this.s3 = s3;
    this.groups = new GroupWriter(logs);
    this.deliveries = deliveries;
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
    if (destination.config().cloudWatchConfig() != null) {
      toGroup(destination.place(), destination.config().cloudWatchConfig(), calls);
    }
    if (destination.config().s3Config() != null) {
      toFile(destination, calls);
    }
  }

  private void toGroup(InvocationLogging.Place place, CloudWatchConfig group, List<Logged> calls) {
    LargeBodies large = new LargeBodies(s3, group.largeDataDeliveryS3Config(), deliveries);
    tried(
        new Records(place, LogDeliveries.Destination.LOG_GROUP, calls.size()),
        "log group " + group.logGroupName(),
        written ->
            groups.write(
                group.logGroupName(),
                calls.stream().map(call -> line(call, large)).toList(),
                written));
  }

  private void toFile(Destination destination, List<Logged> calls) {
    S3Config bucket = destination.config().s3Config();
    LargeBodies large = new LargeBodies(s3, bucket, deliveries);
    LineFile file =
        files.computeIfAbsent(destination, d -> new LineFile(s3, bucket, destination.place()));
    for (Logged call : calls) {
      tried(
          new Records(destination.place(), LogDeliveries.Destination.BUCKET, 1),
          "bucket " + bucket.bucketName(),
          _ -> file.add(call.call.start(), bytes(line(call, large).record())));
    }
    if (file.full()) {
      flush(file);
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
    Records records = new Records(file.place(), LogDeliveries.Destination.BUCKET, file.lines());
    tried(
        records,
        "bucket " + file.bucket(),
        written -> {
          file.flush();
          written.accept(records.count());
        });
  }

  /**
   * Does the work, counts what it brings where it belongs, and the rest as failed if it fails.
   *
   * @param work tells how many records it has written
   */
  private void tried(Records records, String where, Consumer<IntConsumer> work) {
    AtomicInteger missing = new AtomicInteger(records.count());
    try {
      work.accept(
          written -> {
            missing.addAndGet(-written);
            count(records, LogDeliveries.Result.DELIVERED, written);
          });
    } catch (RuntimeException e) {
      lost.accept(missing.get());
      count(records, LogDeliveries.Result.FAILED, missing.get());
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} records of model calls could not be written to {1}: {2}",
          missing.get(),
          where,
          e.getMessage());
    }
  }

  private void count(Records records, LogDeliveries.Result result, int count) {
    deliveries.count(
        records.place().account(), records.place().region(), records.to(), result, count);
  }

  static byte[] bytes(ObjectNode record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
