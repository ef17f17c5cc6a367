package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.chunking.Chunk;
import dev.outcrop.knowledge.documents.DocumentRow;
import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.ChunkIndex;
import dev.outcrop.knowledge.index.Entry;
import dev.outcrop.wire.RequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Embeds and indexes prepared documents while the caller prepares the next ones. Two chunks for
 * each processor are with the embedding model at a time, so that it has the next at hand when it is
 * done with one; a bounded number waits, so memory is bounded too (one document's chunks, or
 * {@value #CHUNKS}, whichever is more).
 *
 * <p>Results are handed over after the index was committed with what they report, many at a time. A
 * crash in between leaves documents indexed that nobody knows of; indexing them again replaces
 * their chunks, so nothing is doubled or lost.
 */
final class IndexingLine implements AutoCloseable {
  static final int CHUNKS = 512;

  /** Few enough that the embedding model still knows the tokens that chunking has counted. */
  private static final int DOCUMENTS = 32;

  private static final int BATCH = 200;
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Commits take no more of the time than one part in so many. */
  private static final int SHARE = 50;

  private final ChunkIndex index;
  private final Function<String, float[]> embed;
  private final Consumer<List<Result>> ledger;
  private final Runnable check;
  private final RequestContext context = RequestContext.current();
  private final ExecutorService embedders =
      Executors.newFixedThreadPool(
          2 * Runtime.getRuntime().availableProcessors(), Thread.ofVirtual().factory());
  private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(DOCUMENTS);
  private final Semaphore room = new Semaphore(CHUNKS);
  private final List<Result> batch = new ArrayList<>();
  private long batchStart;
  private long batchNanos = LEAST_NANOS;
  private final Thread writer;
  private volatile Throwable broken;
  private volatile boolean stopping;

  IndexingLine(
      ChunkIndex index,
      Function<String, float[]> embed,
      Consumer<List<Result>> ledger,
      Runnable check) {
    this.index = index;
    this.embed = embed;
    this.ledger = ledger;
    this.check = check;
    this.writer =
        Thread.ofVirtual()
            .name("indexing")
            .start(
                () ->
                    context.call(
                        () -> {
                          write();
                          return null;
                        }));
  }

  private sealed interface Step {}

  private record Index(
      DocumentRow document,
      List<Chunk> chunks,
      List<Future<float[]>> vectors,
      Function<Integer, Map<String, Attribute>> attributes,
      int permits)
      implements Step {}

  private record Note(Result result) implements Step {}

  private record Finish() implements Step {}

  /**
   * Puts the document's new chunks in line.
   *
   * @param attributes of the chunk with this number
   */
  void index(
      DocumentRow document,
      List<Chunk> chunks,
      Function<Integer, Map<String, Attribute>> attributes) {
    int permits = acquire(chunks.size());
    List<Future<float[]>> vectors =
        chunks.stream()
            .map(c -> embedders.submit(() -> context.call(() -> embed.apply(c.text()))))
            .toList();
    put(new Index(document, chunks, vectors, attributes, permits));
  }

  /**
   * Puts the document's old chunks in line again, with other attributes.
   *
   * @param entries what the index holds of it
   */
  void update(
      DocumentRow document,
      List<Entry> entries,
      Function<Integer, Map<String, Attribute>> attributes) {
    int permits = acquire(entries.size());
    List<Future<float[]>> vectors =
        entries.stream()
            .<Future<float[]>>map(e -> CompletableFuture.completedFuture(e.vector()))
            .toList();
    put(
        new Index(
            document, entries.stream().map(Entry::chunk).toList(), vectors, attributes, permits));
  }

  private int acquire(int chunks) {
    int permits = Math.min(chunks, CHUNKS);
    await(() -> room.tryAcquire(permits, 200, TimeUnit.MILLISECONDS));
    return permits;
  }

  /** Puts in line that the document failed or is to be deleted: its chunks are removed. */
  void note(Result result) {
    put(new Note(result));
  }

  /** Waits until everything in line is indexed, committed and handed over. */
  void finish() {
    put(new Finish());
    await(() -> writer.join(Duration.ofMillis(200)));
  }

  private void put(Step step) {
    await(() -> steps.offer(step, 200, TimeUnit.MILLISECONDS));
  }

  private interface Attempt {
    boolean succeeds() throws InterruptedException;
  }

  private void await(Attempt attempt) {
    try {
      boolean done = false;
      while (!done) {
        check.run();
        requireWhole();
        done = attempt.succeeds();
      }
      requireWhole();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void requireWhole() {
    if (broken != null) {
      throw new IllegalStateException(broken.getMessage(), broken);
    }
  }

  private void write() {
    try {
      Step step = next();
      while (!(step instanceof Finish)) {
        take(step);
        step = next();
      }
      commit();
    } catch (Stopped e) {
      commit();
    } catch (RuntimeException | Error e) {
      broken = e;
    }
  }

  /** Waits for the next step, committing what is done in the meantime. */
  private Step next() throws Stopped {
    if (batch.size() >= BATCH || System.nanoTime() - batchStart > batchNanos) {
      commit();
    }
    while (true) {
      requireGoing();
      try {
        Step step = steps.poll(100, TimeUnit.MILLISECONDS);
        if (step != null) {
          return step;
        }
      } catch (InterruptedException e) {
        throw new Stopped();
      }
      if (System.nanoTime() - batchStart > batchNanos) {
        commit();
      }
    }
  }

  private void requireGoing() throws Stopped {
    if (stopping) {
      throw new Stopped();
    }
  }

  private void take(Step step) throws Stopped {
    if (batch.isEmpty()) {
      batchStart = System.nanoTime();
    }
    switch (step) {
      case Note note -> {
        index.delete(note.result().document().key());
        batch.add(note.result());
      }
      case Index work -> {
        batch.add(index(work));
        room.release(work.permits());
      }
      case Finish finish -> throw new IllegalStateException("finished");
    }
  }

  private Result index(Index work) throws Stopped {
    List<Entry> entries = new ArrayList<>(work.chunks().size());
    try {
      for (int i = 0; i < work.chunks().size(); i++) {
        entries.add(
            new Entry(
                ChunkIds.of(work.document().key(), i),
                work.chunks().get(i),
                await(work.vectors().get(i)),
                work.attributes().apply(i)));
      }
    } catch (ExecutionException e) {
      work.vectors().forEach(v -> v.cancel(false));
      index.delete(work.document().key());
      return new Result.Failed(
          work.document(), "The text can't be embedded: " + e.getCause().getMessage());
    }
    index.replace(work.document().key(), entries);
    return new Result.Indexed(work.document(), entries.size());
  }

  private float[] await(Future<float[]> vector) throws ExecutionException, Stopped {
    while (true) {
      try {
        return vector.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        requireGoing();
      } catch (InterruptedException e) {
        throw new Stopped();
      }
    }
  }

  private void commit() {
    if (!batch.isEmpty()) {
      long start = System.nanoTime();
      index.commit();
      ledger.accept(List.copyOf(batch));
      batch.clear();
      batchNanos = Math.clamp((System.nanoTime() - start) * SHARE, LEAST_NANOS, MOST_NANOS);
    }
  }

  /**
   * Stops after the document at hand: what is indexed is committed and handed over, what is still
   * in line is as if it had not been begun. The writer is told by a flag, never interrupted, for an
   * interrupt during a write breaks a Lucene index.
   */
  @Override
  public void close() {
    stopping = true;
    embedders.shutdownNow();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closed without finishing. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
