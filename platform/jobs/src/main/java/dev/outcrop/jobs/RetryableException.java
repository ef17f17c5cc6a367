package dev.outcrop.jobs;

/** The job failed for a reason that may pass, such as a throttled model. */
public final class RetryableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says that it is worth trying again.
   *
   * @param cause what {@link JobHandler#failed} gets when all tries are used up
   */
  public RetryableException(Exception cause) {
    super(cause.getMessage(), cause);
  }

  @Override
  public synchronized Exception getCause() {
    return (Exception) super.getCause();
  }
}
