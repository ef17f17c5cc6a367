package dev.outcrop.jobs;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.outcrop.storage.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records how runs ended: the handler's word on it, our row and db-scheduler's in one transaction.
 */
final class Conclusions {
  private static final Logger LOG = System.getLogger(Conclusions.class.getName());

  private final Database database;
  private final JobTable table;
  private final InstantSource clock;
  private final Consumer<Duration> wakeAfter;

  Conclusions(
      Database database, JobTable table, InstantSource clock, Consumer<Duration> wakeAfter) {
    this.database = database;
    this.table = table;
    this.clock = clock;
    this.wakeAfter = wakeAfter;
  }

  /** If the handler cannot even say how the job ended, the job is run again after a pause. */
  void record(
      Registration registration,
      String id,
      Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    try {
      conclude(registration, id, outcome, complete, operations);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The end of %s %s".formatted(registration.kind(), id), e);
      again(registration.retry().longest(), complete, operations);
    }
  }

  private void conclude(
      Registration registration,
      String id,
      Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    database.write(
        sql -> {
          Optional<JobTable.Entry> entry = table.find(registration.kind(), id);
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
      case Outcome.Ended ended -> {
        end(registration, entry, ended);
        operations.stop();
      }
      case Outcome.Unfinished unfinished when entry.cancelled() -> {
        end(registration, entry, new Outcome.Cancelled());
        operations.stop();
      }
      case Outcome.Again again -> {
        table.failures(entry.job(), again.failures());
        again(again.pause(), complete, operations);
      }
      case Outcome.Released released -> {
        table.starts(entry.job(), entry.starts() - 1);
        operations.reschedule(complete, clock.instant());
      }
    }
  }

  private void again(
      Duration pause, ExecutionComplete complete, ExecutionOperations<Void> operations) {
    operations.reschedule(complete, clock.instant().plus(pause));
    database.afterCommit(() -> wakeAfter.accept(pause));
  }

  /** Removes the job, with the handler's last word on it. */
  void end(Registration registration, JobTable.Entry entry, Outcome.Ended ended) {
    entry
        .context()
        .call(
            () -> {
              tell(registration.handler(), entry.job(), ended);
              return null;
            });
    table.delete(entry.job());
  }

  private static void tell(JobHandler handler, Job job, Outcome.Ended ended) {
    switch (ended) {
      case Outcome.Done done -> {}
      case Outcome.Cancelled cancelled -> handler.cancelled(job);
      case Outcome.Failed failed -> {
        LOG.log(Level.WARNING, job.kind() + " " + job.id() + " failed", failed.cause());
        handler.failed(job, failed.cause());
      }
    }
  }
}
