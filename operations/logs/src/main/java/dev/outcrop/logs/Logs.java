package dev.outcrop.logs;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * CloudWatch Logs over a file of its own, which is opened when an operation first needs it.
 *
 * <pre>{@code
 * try (Logs logs = new Logs(home.resolve("logs.db"), InstantSource.system())) {
 *   Capabilities.of(logs.capabilities().toArray());
 * }
 * }</pre>
 */
public final class Logs implements AutoCloseable {
  private final LogFile file;
  private final Retention retention;
  private final List<Object> capabilities;
  private volatile Thread sweeping;

  public Logs(Path path, InstantSource clock) {
    this.file = new LogFile(path, this::opened);
    this.retention = new Retention(file, clock);
    this.capabilities =
        List.of(
            new LogGroups(file, clock),
            new LogTags(file),
            new LogStreams(file, clock),
            new LogEvents(file, clock),
            new LogReading(file, clock),
            new LogSearch(file, clock));
  }

  private void opened() {
    sweeping = Thread.ofVirtual().name("logs-retention").start(retention::run);
  }

  /** The objects whose methods are CloudWatch Logs' operations. */
  public List<Object> capabilities() {
    return capabilities;
  }

  /** Deletes at once what is older than its group keeps it, as happens every hour. */
  public void sweep() {
    retention.sweep();
  }

  @Override
  public void close() {
    Thread thread = sweeping;
    if (thread != null) {
      thread.interrupt();
    }
    file.close();
  }
}
