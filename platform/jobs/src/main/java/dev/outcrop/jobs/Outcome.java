package dev.outcrop.jobs;

import java.time.Duration;

/** How one run of a job ended. */
sealed interface Outcome {

  /** There is nothing left to do. */
  sealed interface Ended extends Outcome {}

  /** The job stays, unless it is cancelled meanwhile. */
  sealed interface Unfinished extends Outcome {}

  record Done() implements Ended {}

  record Cancelled() implements Ended {}

  record Failed(Exception cause) implements Ended {}

  /** To be run again; {@code failures} in all so far. */
  record Again(Duration pause, int failures) implements Unfinished {}

  /** The server is closing: to be run by the next one. */
  record Released() implements Unfinished {}
}
