package dev.outcrop.models;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets a bounded number of requests into each model. Providers decide how many of them compute at
 * once; the others wait there. One more than the bound is throttled, since a queue without end only
 * turns waiting into time-outs.
 */
final class Admission {

  private final int most;
  private final Map<String, Semaphore> byModel = new ConcurrentHashMap<>();

  Admission(int most) {
    this.most = most;
  }

  /**
   * Does the work.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException at once, when
   *     the model has its hands full
   */
  <T> T enter(String modelId, Supplier<T> work) {
    Semaphore places = byModel.computeIfAbsent(modelId, id -> new Semaphore(most));
    if (!places.tryAcquire()) {
      throw RuntimeErrors.tooMany();
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
