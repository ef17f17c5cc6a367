package dev.outcrop.models.upstream;

import dev.outcrop.config.Secret;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An endpoint with one of its keys: what a call is sent by. Held back for a while when the service
 * says that the key has had enough.
 */
final class Route {

  private static final String ALL = "";

  private final Endpoint endpoint;
  private final Secret key;
  private final double weight;

  /** Until when (of {@link System#nanoTime}) which model is held back. */
  private final Map<String, Long> heldBack = new ConcurrentHashMap<>();

  Route(Endpoint endpoint, Secret key, double weight) {
    this.endpoint = endpoint;
    this.key = key;
    this.weight = weight;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Null where none is wanted. */
  Secret key() {
    return key;
  }

  double weight() {
    return weight;
  }

  void holdBack(String model, long nanos) {
    heldBack.put(model, System.nanoTime() + nanos);
  }

  /** For every model: the key is not accepted. */
  void holdBack(long nanos) {
    holdBack(ALL, nanos);
  }

  /** Nanoseconds for which it is held back; 0 or less when it isn't. */
  long waitNanos(String model, long now) {
    return heldBack.isEmpty() ? 0 : Math.max(until(model, now), until(ALL, now));
  }

  private long until(String model, long now) {
    Long until = heldBack.get(model);
    if (until == null) {
      return 0;
    }
    if (until - now <= 0) {
      heldBack.remove(model, until);
    }
    return until - now;
  }

  /** Takes the key out of a text that the service wrote. */
  String without(String text) {
    return key == null || key.reveal().isEmpty() ? text : text.replace(key.reveal(), "***");
  }
}
