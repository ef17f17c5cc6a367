package dev.outcrop.models.batch;

import dev.outcrop.wire.RequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the records of one job side by side, each on a virtual thread that acts for whoever asked
 * for the job. Used by one thread.
 */
final class Workers {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final int most;
  private final Semaphore calls;
  private final RequestContext caller = RequestContext.current();
  private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
  private final Set<Thread> busy = new HashSet<>();
  private volatile boolean abandoned;

  /** What a thread came to; no result when it was told to stop. */
  private record Done(Thread thread, Result result) {}

  /** Answers a record. */
  interface Work {
    Answer of(InputRecord record) throws InterruptedException;
  }

  /**
   * @param most records at a time
   * @param calls shared with all jobs
   */
  Workers(int most, Semaphore calls) {
    this.most = most;
    this.calls = calls;
  }

  boolean free() {
    return busy.size() < most;
  }

  boolean idle() {
    return busy.isEmpty();
  }

  void start(InputRecord record, Work work) {
    busy.add(Thread.ofVirtual().name("batch-record").start(() -> run(record, work)));
  }

  private void run(InputRecord record, Work work) {
    Result result = null;
    try {
      Answer answer = caller.call(() -> answer(record, work));
      // A call that failed because it was broken off is to be made again.
      if (!abandoned || answer instanceof Answer.Output) {
        result = record.result(answer);
      }
    } catch (InterruptedException e) {
      // told to stop
    } catch (RuntimeException | Error e) {
      result = record.result(new Answer.Failure(500, "The record failed: " + e));
    } finally {
      done.add(new Done(Thread.currentThread(), result));
    }
  }

  private Answer answer(InputRecord record, Work work) throws InterruptedException {
    if (record.refusal() != null) {
      return new Answer.Failure(400, record.refusal());
    }
    calls.acquire();
    try {
      return work.of(record);
    } finally {
      calls.release();
    }
  }

  /** The results there are; waits a while for the first. */
  List<Result> take(Duration wait) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    Done each = done.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    for (; each != null; each = done.poll()) {
      busy.remove(each.thread());
      if (each.result() != null) {
        results.add(each.result());
      }
    }
    return results;
  }

  /** Breaks the calls off and returns what was answered before. */
  List<Result> abandon() {
    abandoned = true;
    busy.forEach(Thread::interrupt);
    List<Result> results = new ArrayList<>();
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      while (!idle() && System.nanoTime() < end) {
        results.addAll(take(Duration.ofMillis(100)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return results;
  }
}
