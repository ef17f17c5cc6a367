package dev.outcrop.jobs;

import dev.outcrop.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs jobs in the background, durably: a submitted job is done even if the process is killed
 * before or while it runs.
 *
 * <pre>{@code
 * jobs.register("knowledge.ingestion", handler);
 * jobs.start();                                  // takes up what an earlier process left
 * database.write(sql -> {
 *   ingestions.create(baseId, id, ingestion);    // both or neither
 *   return jobs.submit("knowledge.ingestion", id, payload);
 * });
 * }</pre>
 *
 * <p>The schedule is db-scheduler's; it is not even loaded until there is a job.
 */
public final class Jobs implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Database database;
  private final JobTable table;
  private final InstantSource clock;
  private final int parallel;
  private final Map<String, Registration> registrations = new LinkedHashMap<>();
  private Schedule schedule;
  private boolean started;
  private boolean closed;

  /**
   * Jobs in this database.
   *
   * @param parallel how many run at a time
   */
  public Jobs(Database database, InstantSource clock, int parallel) {
    this.database = database;
    this.table = new JobTable(database);
    this.clock = clock;
    this.parallel = parallel;
  }

  /** Says who does a kind, with {@link Retry#STANDARD}; all kinds before {@link #start}. */
  public Jobs register(String kind, JobHandler handler) {
    return register(kind, Retry.STANDARD, handler);
  }

  /** Says who does a kind; all kinds before {@link #start}. */
  public synchronized Jobs register(String kind, Retry retry, JobHandler handler) {
    if (started) {
      throw new IllegalStateException("Register " + kind + " before the jobs start.");
    }
    if (registrations.putIfAbsent(kind, new Registration(kind, retry, handler)) != null) {
      throw new IllegalArgumentException(kind + " is registered already.");
    }
    return this;
  }

  /** Begins to run jobs, first those that an earlier process left. Once. */
  public void start() {
    // Before the monitor is taken: whoever submits in a write holds the writer when it waits here.
    table.releaseAll();
    boolean waiting = !table.isEmpty();
    synchronized (this) {
      started = true;
      if (waiting || schedule != null) {
        schedule().start();
      }
    }
  }

  /**
   * Adds a job, on behalf of the account and caller of the current request. It starts as soon as
   * the {@link Database#write} around this is durable, or at once when there is none.
   *
   * @return false when a job of that kind and id is queued or running; then nothing is added
   */
  public boolean submit(String kind, String id, String payload) {
    if (!registrations.containsKey(kind)) {
      throw new IllegalArgumentException("Nobody does jobs of the kind " + kind);
    }
    Schedule target = schedule();
    return database.write(
        sql -> {
          if (!table.insert(new Job(kind, id, payload))) {
            return false;
          }
          target.add(kind, id);
          database.afterCommit(this::wake);
          return true;
        });
  }

  /**
   * Stops a job. A queued one is gone when this returns; a running one is told to stop, also by the
   * next process should this one die. {@link JobHandler#cancelled} is called either way, unless the
   * job comes to its end first.
   *
   * @return false when there is no such job
   */
  public boolean cancel(String kind, String id) {
    Schedule target = schedule();
    return database.write(
        sql -> {
          var entry = table.find(kind, id);
          entry.ifPresent(target::cancel);
          return entry.isPresent();
        });
  }

  /** Whether the job is queued or running. */
  public boolean active(String kind, String id) {
    return table.find(kind, id).isPresent();
  }

  /**
   * Tells running jobs to stop, waits some seconds for them, then interrupts them. They go on at
   * the next start. Close before the database.
   */
  @Override
  public void close() {
    Schedule last;
    synchronized (this) {
      closed = true;
      last = schedule;
    }
    if (last != null) {
      last.close();
    }
  }

  private synchronized Schedule schedule() {
    if (closed) {
      throw new IllegalStateException("The jobs are closed.");
    }
    if (schedule == null) {
      schedule = new Schedule(database, table, clock, parallel, registrations.values(), GRACE);
    }
    return schedule;
  }

  private synchronized void wake() {
    if (started && !closed) {
      schedule.start();
      schedule.wake();
    }
  }
}
