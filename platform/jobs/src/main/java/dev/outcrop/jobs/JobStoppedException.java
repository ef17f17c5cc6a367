package dev.outcrop.jobs;

/**
 * The job is to stop here: it was cancelled, or the server is closing. Let it pass; what to record
 * for a cancelled job belongs into {@link JobHandler#cancelled}.
 */
public final class JobStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JobStoppedException(Throwable cause) {
    super("the job was stopped", cause);
  }
}
