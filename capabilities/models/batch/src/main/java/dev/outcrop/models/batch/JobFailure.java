package dev.outcrop.models.batch;

/** The whole job can't be done; the message is for its owner. */
final class JobFailure extends Exception {
  private static final long serialVersionUID = 1L;

  JobFailure(String message) {
    super(message);
  }

  JobFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
