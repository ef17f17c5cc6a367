package dev.outcrop.models.bedrock;

import dev.outcrop.wire.ClientGoneException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** Lets a bounded number of calls go on at once; a bounded number of others waits, not for ever. */
final class Turns {

  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int most;
  private final long patience;

  /**
   * @param concurrent calls under way
   * @param most calls waiting
   * @param patience how long one waits
   */
  Turns(int concurrent, int most, Duration patience) {
    this.free = new Semaphore(concurrent, true);
    this.most = most;
    this.patience = patience.toNanos();
  }

  void enter() {
    if (free.tryAcquire()) {
      return;
    }
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      throw tooMany();
    }
    try {
      if (!free.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    } finally {
      waiting.decrementAndGet();
    }
  }

  void leave() {
    free.release();
  }

  private static ThrottlingException tooMany() {
    return ThrottlingException.builder()
        .message("Too many requests, please wait before trying again.")
        .build();
  }
}
