package dev.outcrop.server;

import dev.outcrop.logs.Logs;
import dev.outcrop.logs.invocations.Destinations;
import dev.outcrop.logs.invocations.InvocationLog;
import dev.outcrop.logs.invocations.InvocationLogging;
import dev.outcrop.logs.invocations.LogDeliveries;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.storage.Database;
import dev.outcrop.traces.TraceSettings;
import dev.outcrop.traces.Traces;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What is written down of calls for people to read: logs and traces. */
final class Observing implements AutoCloseable {
  private final Logs logs;
  private final InvocationLogging logging;
  private final InvocationLog log;
  private final Traces traces;

  /**
   * @param objects the objects whose methods are S3's operations, for logs that go there
   * @param deliveries told what becomes of records
   */
  Observing(
      Path home,
      Database database,
      InstantSource clock,
      List<?> objects,
      TraceSettings tracing,
      LogDeliveries deliveries) {
    logs = new Logs(home.resolve("logs.db"), clock);
    Destinations destinations =
        new Destinations(
            () -> LocalClients.create(CloudWatchLogsClient.class, all(logs.capabilities())),
            () -> LocalClients.create(S3Client.class, all(objects)));
    logging = new InvocationLogging(database, clock, destinations);
    log = new InvocationLog(logging, destinations, deliveries);
    traces = tracing.open();
  }

  private static Capabilities all(List<?> objects) {
    return Capabilities.of(objects.toArray());
  }

  List<Object> capabilities() {
    List<Object> all = new ArrayList<>(logs.capabilities());
    all.add(logging);
    return all;
  }

  List<CallObserver> observers() {
    return traces == null ? List.of(log) : List.of(log, traces);
  }

  /** Writes what has not been written yet. */
  @Override
  public void close() {
    log.close();
    if (traces != null) {
      traces.close();
    }
    logs.close();
  }
}
