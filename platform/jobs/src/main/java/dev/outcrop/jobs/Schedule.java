package dev.outcrop.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.outcrop.storage.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Which job is due when: db-scheduler, with our table beside its own. */
final class Schedule {
  private static final Logger LOG = System.getLogger(Schedule.class.getName());

  private final Database database;
  private final JobTable table;
  private final InstantSource clock;
  private final Map<String, Registration> registrations;
  private final Map<Key, StopSignal> running = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private volatile boolean closing;

  private record Key(String kind, String id) {}

  Schedule(
      Database database,
      JobTable table,
      InstantSource clock,
      int parallel,
      Collection<Registration> registrations,
      Duration grace) {
    this.database = database;
    this.table = table;
    this.clock = clock;
    this.registrations =
        registrations.stream().collect(Collectors.toMap(Registration::kind, each -> each));
    List<Task<?>> tasks = registrations.stream().<Task<?>>map(this::task).toList();
    this.scheduler =
        Scheduler.create(database.connections(), tasks)
            .jdbcCustomization(new SqliteJdbcCustomization())
            .tableName(JobTable.SCHEDULE)
            .schedulerName(new SchedulerName.Fixed("outcrop"))
            .clock(clock::instant)
            .threads(parallel)
            .executorService(
                Executors.newFixedThreadPool(
                    parallel, Thread.ofVirtual().name("job-", 0).factory()))
            .shutdownMaxWait(grace)
            .failureLogging(LogLevel.OFF, false)
            .build();
  }

  void start() {
    if (!scheduler.getSchedulerState().isStarted()) {
      scheduler.start();
    }
  }

  void add(String kind, String id) {
    scheduler.schedule(
        new TaskInstance<Void>(kind, id), clock.instant(), ScheduleOptions.WHEN_EXISTS_DO_NOTHING);
  }

  void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Inside a write: whether the job is being run does not change meanwhile. */
  void cancel(JobTable.Entry entry) {
    Job job = entry.job();
    TaskInstanceId id = TaskInstanceId.of(job.kind(), job.id());
    boolean picked =
        scheduler.getScheduledExecution(id).map(ScheduledExecution::isPicked).orElse(false);
    if (picked) {
      table.cancelled(job);
      database.afterCommit(
          () ->
              Optional.ofNullable(running.get(new Key(job.kind(), job.id())))
                  .ifPresent(StopSignal::cancel));
    } else {
      end(
          registrations.get(job.kind()),
          entry,
          new Outcome.Cancelled(),
          () -> scheduler.cancel(id));
    }
  }

  void close() {
    closing = true;
    running.values().forEach(StopSignal::close);
    scheduler.stop();
  }

  private Task<Void> task(Registration registration) {
    return Tasks.custom(registration.kind(), Void.class)
        .onDeadExecution((complete, operations) -> operations.reschedule(complete, clock.instant()))
        .execute((instance, context) -> run(registration, instance.getId()));
  }

  private CompletionHandler<Void> run(Registration registration, String id) {
    Key key = new Key(registration.kind(), id);
    StopSignal signal = new StopSignal();
    running.put(key, signal);
    try {
      if (closing) {
        signal.close();
      }
      Outcome outcome = new Run(table, registration, signal).of(key.kind(), id);
      return (complete, operations) -> conclude(registration, id, outcome, complete, operations);
    } finally {
      running.remove(key);
      // Interrupts were meant for the handler, not for recording how it ended.
      Thread.interrupted();
    }
  }

  /** Records the outcome: the handler's word, our row and db-scheduler's in one transaction. */
  private void conclude(
      Registration registration,
      String id,
      Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    database.write(
        sql -> {
          var entry = table.find(registration.kind(), id);
          if (entry.isEmpty()) {
            operations.stop();
          } else {
            conclude(registration, entry.get(), outcome, complete, operations);
          }
          return null;
        });
  }

  private void conclude(
      Registration registration,
      JobTable.Entry entry,
      Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    switch (outcome) {
      case Outcome.Ended ended -> end(registration, entry, ended, operations::stop);
      case Outcome.Unfinished unfinished when entry.cancelled() ->
          end(registration, entry, new Outcome.Cancelled(), operations::stop);
      case Outcome.Again again -> {
        table.failures(entry.job(), again.failures());
        operations.reschedule(complete, clock.instant().plus(again.pause()));
        database.afterCommit(() -> wakeAfter(again.pause()));
      }
      case Outcome.Released released -> {
        table.starts(entry.job(), entry.starts() - 1);
        operations.reschedule(complete, clock.instant());
      }
    }
  }

  /** Removes the job, with the handler's last word on it. */
  private void end(
      Registration registration, JobTable.Entry entry, Outcome.Ended ended, Runnable unschedule) {
    JobHandler handler = registration.handler();
    Job job = entry.job();
    entry
        .context()
        .call(
            () -> {
              switch (ended) {
                case Outcome.Done done -> {}
                case Outcome.Cancelled cancelled -> handler.cancelled(job);
                case Outcome.Failed failed -> {
                  LOG.log(Level.WARNING, job.kind() + " " + job.id() + " failed", failed.cause());
                  handler.failed(job, failed.cause());
                }
              }
              return null;
            });
    table.delete(job);
    unschedule.run();
  }

  /** The regular look for due jobs is too seldom for a pause of a second. */
  private void wakeAfter(Duration pause) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(this::wake);
  }
}
