package dev.outcrop.knowledge.parsing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a parse on a thread of its own. One that overstays is interrupted and left behind; it ends
 * at its next read or block, because its deadline has passed. Should a library be in an endless
 * loop that does neither, the thread stays; more than a few of those and no more work is taken.
 */
final class ParsingThread {
  private static final int MOST_LEFT_BEHIND = 8;
  private static final AtomicInteger leftBehind = new AtomicInteger();

  /** A parse. */
  interface Work<T> {
    T call() throws IOException;
  }

  private ParsingThread() {}

  static <T> T call(Deadline deadline, Work<T> work) throws UnreadableDocumentException {
    if (leftBehind.get() >= MOST_LEFT_BEHIND) {
      throw new UnreadableDocumentException(
          "too many earlier documents are still being read past their time limit: restart the"
              + " server");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().name("parsing").unstarted(() -> run(work, result));
    thread.start();
    try {
      return result.get(Math.max(1, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw explain(e.getCause());
    } catch (TimeoutException e) {
      leave(thread, deadline, result);
      throw explain(deadline.exceeded());
    } catch (InterruptedException e) {
      leave(thread, deadline, result);
      Thread.currentThread().interrupt();
      throw new CancellationException("parsing was cancelled");
    }
  }

  /** Errors are results too: a stack overflow or an exhausted heap is the document's doing. */
  private static <T> void run(Work<T> work, CompletableFuture<T> result) {
    try {
      result.complete(work.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static void leave(Thread thread, Deadline deadline, CompletableFuture<?> result) {
    deadline.cancel();
    thread.interrupt();
    leftBehind.incrementAndGet();
    var _ = result.whenComplete((value, error) -> leftBehind.decrementAndGet());
  }

  private static UnreadableDocumentException explain(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof Refusal) {
        return new UnreadableDocumentException(e.getMessage(), error);
      }
    }
    return new UnreadableDocumentException(reason(error), error);
  }

  private static String reason(Throwable error) {
    return switch (error) {
      case NoSuchFileException e -> "there is no such file";
      case FileNotFoundException e -> "there is no such file";
      case StackOverflowError e -> "the document is nested too deeply";
      case OutOfMemoryError e -> "the document needs more memory than there is";
      default -> {
        String message = error.getMessage();
        yield "the document is broken"
            + (message == null || message.isBlank() ? "" : ": " + Text.oneLine(message));
      }
    };
  }
}
