package dev.outcrop.jobs;

/** One run of one job: calls the handler and judges how it ended. */
final class Run {
  /** A job that takes the process down with it must not do so forever. */
  private static final int MOST_STARTS = 25;

  private final JobTable table;
  private final Registration registration;
  private final StopSignal signal;

  Run(JobTable table, Registration registration, StopSignal signal) {
    this.table = table;
    this.registration = registration;
    this.signal = signal;
  }

  Outcome of(String kind, String id) {
    JobTable.Entry entry = table.find(kind, id).orElse(null);
    if (entry == null) {
      return new Outcome.Done();
    }
    if (entry.cancelled()) {
      return new Outcome.Cancelled();
    }
    if (entry.starts() >= MOST_STARTS) {
      return new Outcome.Failed(
          new IllegalStateException(
              "the process ended " + MOST_STARTS + " times while the job was running"));
    }
    table.starts(entry.job(), entry.starts() + 1);
    if (signal.raised()) {
      return stopped(new Outcome.Released());
    }
    try {
      JobContext context =
          new JobContext(
              entry.job(), entry.state(), signal, state -> table.state(entry.job(), state));
      return entry.context().call(() -> handle(context));
    } catch (RetryableException e) {
      return stopped(retry(entry, e));
    } catch (Exception e) {
      return stopped(new Outcome.Failed(e));
    } catch (Error e) {
      return stopped(new Outcome.Failed(new IllegalStateException("The job failed: " + e, e)));
    }
  }

  private Outcome handle(JobContext context) throws Exception {
    registration.handler().run(context);
    return new Outcome.Done();
  }

  private Outcome retry(JobTable.Entry entry, RetryableException e) {
    int failures = entry.failures() + 1;
    return failures >= registration.retry().tries()
        ? new Outcome.Failed(e.getCause())
        : new Outcome.Again(registration.retry().pause(failures), failures);
  }

  /** Whatever a job that was told to stop throws, it is because of that. */
  private Outcome stopped(Outcome otherwise) {
    if (signal.cancelled()) {
      return new Outcome.Cancelled();
    }
    return signal.raised() ? new Outcome.Released() : otherwise;
  }
}
