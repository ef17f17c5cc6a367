package dev.outcrop.jobs;

import java.util.concurrent.Callable;

/** Tells one running job to stop, and why. */
final class StopSignal {
  private boolean cancelled;
  private boolean closing;
  private Thread interruptible;

  synchronized void cancel() {
    cancelled = true;
    interrupt();
  }

  synchronized void close() {
    closing = true;
    interrupt();
  }

  synchronized boolean cancelled() {
    return cancelled;
  }

  synchronized boolean raised() {
    return cancelled || closing;
  }

  private void interrupt() {
    if (interruptible != null) {
      interruptible.interrupt();
    }
  }

  <T> T interruptibly(Callable<T> work) throws Exception {
    enter();
    try {
      return work.call();
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    if (raised()) {
      throw new JobStoppedException(null);
    }
    interruptible = Thread.currentThread();
  }

  /** Clears the interrupt that the signal may have made, so that it does not hit what follows. */
  private synchronized void leave() {
    interruptible = null;
    if (raised()) {
      Thread.interrupted();
    }
  }
}
