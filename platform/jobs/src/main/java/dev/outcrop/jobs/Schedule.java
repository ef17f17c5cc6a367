package dev.outcrop.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.outcrop.storage.Database;
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
  private final Database database;
  private final JobTable table;
  private final InstantSource clock;
  private final Map<String, Registration> registrations;
  private final Conclusions conclusions;
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
    this.conclusions = new Conclusions(database, table, clock, this::wakeAfter);
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
      conclusions.end(registrations.get(job.kind()), entry, new Outcome.Cancelled());
      scheduler.cancel(id);
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
      return (complete, operations) ->
          conclusions.record(registration, id, outcome, complete, operations);
    } finally {
      running.remove(key);
      // Interrupts were meant for the handler, not for recording how it ended.
      Thread.interrupted();
    }
  }

  /** The regular look for due jobs is too seldom for a pause of a second. */
  private void wakeAfter(Duration pause) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(this::wake);
  }
}
