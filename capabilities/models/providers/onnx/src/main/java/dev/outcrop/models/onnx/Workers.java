package dev.outcrop.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The platform threads that networks run on. A native call holds its thread for as long as it
 * computes, so virtual threads would starve others; and callers times threads per call is kept at
 * the number of cores, since more only take turns.
 */
final class Workers implements AutoCloseable {

  private final int callers;
  private final int threadsPerCall;
  private final ExecutorService pool;

  Workers(int cores) {
    threadsPerCall = cores < 8 ? 1 : 2;
    callers = Math.max(1, cores / threadsPerCall);
    pool =
        Executors.newFixedThreadPool(
            callers, Thread.ofPlatform().name("onnx-", 0).daemon().factory());
  }

  int callers() {
    return callers;
  }

  int threadsPerCall() {
    return threadsPerCall;
  }

  /**
   * Runs the tasks and answers their results in order. An interrupt of the caller, or a failure of
   * one task, takes back those not started.
   */
  <T> List<T> run(List<Callable<T>> tasks) {
    List<Future<T>> futures = new ArrayList<>(tasks.size());
    try {
      tasks.forEach(task -> futures.add(pool.submit(task)));
      List<T> results = new ArrayList<>(tasks.size());
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("embedding was interrupted").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(
          "embedding failed: " + e.getCause().getMessage(), e.getCause());
    } finally {
      futures.forEach(future -> future.cancel(false));
    }
  }

  @Override
  public void close() {
    pool.shutdown();
    pool.close();
  }
}
