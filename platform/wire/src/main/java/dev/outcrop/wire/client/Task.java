package dev.outcrop.wire.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work on a virtual thread, answered through a future; cancelling the future interrupts it. */
final class Task {
  private Task() {}

  static <T> CompletableFuture<T> run(Callable<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread thread = Thread.ofVirtual().unstarted(() -> complete(future, work));
    interruptWhenCancelled(future, thread);
    thread.start();
    return future;
  }

  static void interruptWhenCancelled(CompletableFuture<?> future, Thread thread) {
    future.whenComplete(
        (_, _) -> {
          if (future.isCancelled()) {
            thread.interrupt();
          }
        });
  }

  // Whatever ends the work has to end the future: nobody else would hear of it.
  private static <T> void complete(CompletableFuture<T> future, Callable<T> work) {
    try {
      future.complete(work.call());
    } catch (Throwable e) {
      future.completeExceptionally(e);
    }
  }
}
