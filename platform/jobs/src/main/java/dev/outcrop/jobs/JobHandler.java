package dev.outcrop.jobs;

/**
 * Does the jobs of one kind.
 *
 * <p>A job runs <b>at least</b> once: after a crash it starts again, also when the crash came after
 * its last step. So make each step safe to repeat, and look at what is there before doing it.
 * {@link JobContext#save} keeps how far it came.
 */
@FunctionalInterface
public interface JobHandler {

  /**
   * Does the job; returning means that it is done.
   *
   * @throws RetryableException to be called again after a pause, unless it was thrown too often
   * @throws Exception of any other kind: the job has failed
   */
  void run(JobContext context) throws Exception;

  /**
   * Records that the job failed for good. Part of the transaction that removes the job.
   *
   * @param cause what {@link #run} threw, without the {@link RetryableException} around it
   */
  default void failed(Job job, Exception cause) {}

  /**
   * Records that the job was cancelled; it is not running any more, or never ran. Part of the
   * transaction that removes the job.
   */
  default void cancelled(Job job) {}
}
