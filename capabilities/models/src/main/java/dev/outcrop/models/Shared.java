package dev.outcrop.models;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that calls hold while they use it. One that was retired is closed when the last call
 * has let go of it, so that a change of the configuration breaks no answer off.
 */
final class Shared {

  /** Far below any number of calls: nobody can hold it any more. */
  private static final int RETIRED = Integer.MIN_VALUE / 2;

  private final Provider provider;
  private final boolean local;
  private final AtomicInteger holders = new AtomicInteger();

  /**
   * @param local whether it computes on this machine, so that requests queue for it here
   */
  Shared(Provider provider, boolean local) {
    this.provider = provider;
    this.local = local;
  }

  Provider provider() {
    return provider;
  }

  boolean local() {
    return local;
  }

  /** False when it was retired. */
  boolean hold() {
    return holders.getAndUpdate(n -> n < 0 ? n : n + 1) >= 0;
  }

  void release() {
    if (holders.decrementAndGet() == RETIRED) {
      provider.close();
    }
  }

  /** Closes it once nobody holds it. */
  void retire() {
    int before = holders.getAndUpdate(n -> n < 0 ? n : n + RETIRED);
    if (before == 0) {
      provider.close();
    }
  }
}
