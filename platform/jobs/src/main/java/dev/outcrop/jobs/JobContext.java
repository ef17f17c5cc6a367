package dev.outcrop.jobs;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What a running job can see and do. Used by the thread that runs it. */
public final class JobContext {
  private final Job job;
  private final StopSignal signal;
  private final Consumer<String> store;
  private String state;

  JobContext(Job job, String state, StopSignal signal, Consumer<String> store) {
    this.job = job;
    this.state = state;
    this.signal = signal;
    this.store = store;
  }

  public Job job() {
    return job;
  }

  public String payload() {
    return job.payload();
  }

  /** What {@link #save} saved last, also in an earlier process; null at first. */
  public String state() {
    return state;
  }

  /** Keeps how far the job came, durably. Part of the transaction around it, if there is one. */
  public void save(String newState) {
    store.accept(newState);
    state = newState;
  }

  /** Whether the job is to stop. */
  public boolean stopping() {
    return signal.raised();
  }

  /**
   * Call often, at places where stopping leaves things in order.
   *
   * @throws JobStoppedException when the job was cancelled or the server is closing
   */
  public void checkCancelled() {
    if (signal.raised()) {
      throw new JobStoppedException(null);
    }
  }

  /**
   * Does something long that may be interrupted, such as waiting for a model. Only inside it is the
   * thread interrupted when the job is to stop: an interrupt anywhere would also hit file channels,
   * which close then, under whoever else uses them.
   */
  public <T> T interruptibly(Callable<T> work) throws Exception {
    return signal.interruptibly(work);
  }
}
