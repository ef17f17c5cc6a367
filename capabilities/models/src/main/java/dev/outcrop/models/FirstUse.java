package dev.outcrop.models;

import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Source;
import dev.outcrop.models.files.DownloadException;
import dev.outcrop.models.files.ModelFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sees to it that a model's file is here before its provider is asked to run it. Entries that say
 * so are fetched by the first request that needs them. The download goes on when that request gives
 * up, so that the SDK's retries find it further, and in the end done.
 */
final class FirstUse implements AutoCloseable {

  private final ModelFiles files;
  private final Duration patience;
  private final Map<String, Pull> pulls = new ConcurrentHashMap<>();

  /** A download under way. */
  private static final class Pull {
    final CompletableFuture<Path> file = new CompletableFuture<>();
    volatile long done;
    volatile long total;
    volatile Thread thread;
  }

  /**
   * @param patience how long a request waits for a file before it answers that the model isn't
   *     ready
   */
  FirstUse(ModelFiles files, Duration patience) {
    this.files = files;
    this.patience = patience;
  }

  /** The provider's entry, with the file in it if there is one. */
  ModelEntry ready(CatalogueEntry entry) {
    if (entry.source() == null) {
      return entry.withFile(null);
    }
    Optional<Path> file = files.present(entry);
    if (file.isPresent()) {
      return entry.withFile(file.get());
    }
    if (!entry.pullOnUse()) {
      throw RuntimeErrors.invalid(absent(entry));
    }
    return entry.withFile(pulled(entry));
  }

  private static String absent(CatalogueEntry entry) {
    if (entry.source() instanceof Source.Local local) {
      return "The file of model " + entry.id() + " is missing: " + local.path() + ".";
    }
    return "Model "
        + entry.id()
        + " is in the catalogue but not on this machine. Fetch it with: outcrop models pull "
        + entry.id();
  }

  private Path pulled(CatalogueEntry entry) {
    Pull pull = pulls.computeIfAbsent(entry.id(), id -> start(entry));
    try {
      return pull.file.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw RuntimeErrors.notReady(
          "Model "
              + entry.id()
              + " is being fetched: "
              + (pull.done >> 20)
              + " of "
              + (pull.total >> 20)
              + " MB. Try again in a moment.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RuntimeErrors.notReady("Model " + entry.id() + " is being fetched.");
    } catch (ExecutionException e) {
      throw RuntimeErrors.failed(
          "Model " + entry.id() + " could not be fetched: " + e.getCause().getMessage());
    }
  }

  private Pull start(CatalogueEntry entry) {
    Pull pull = new Pull();
    pull.total = entry.bytes();
    pull.thread = Thread.ofVirtual().name("pull-" + entry.id()).start(() -> run(entry, pull));
    return pull;
  }

  private void run(CatalogueEntry entry, Pull pull) {
    try {
      Path file =
          files.pull(
              entry,
              (done, total) -> {
                pull.done = done;
                pull.total = total;
              });
      end(entry, pull);
      pull.file.complete(file);
    } catch (InterruptedException e) {
      end(entry, pull);
      pull.file.completeExceptionally(new DownloadException("the server is stopping", e));
    } catch (RuntimeException e) {
      end(entry, pull);
      pull.file.completeExceptionally(e);
    }
  }

  /** Before anyone hears of the outcome, so that a request after a failure tries again. */
  private void end(CatalogueEntry entry, Pull pull) {
    pulls.remove(entry.id(), pull);
  }

  /** Stops downloads under way; what arrived is kept. */
  @Override
  public void close() {
    pulls.values().forEach(pull -> pull.thread.interrupt());
  }
}
