package dev.outcrop.models.upstream;

import dev.outcrop.config.Secret;
import dev.outcrop.models.upstream.Failure.Kind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** All endpoints with their keys, and which of them a call goes by. */
final class Routes {

  /** For a key that is refused while there are others. */
  private static final long REFUSED = TimeUnit.SECONDS.toNanos(60);

  /** For a key that has had enough, of a service that doesn't say for how long. */
  private static final long THROTTLED = TimeUnit.SECONDS.toNanos(1);

  private final List<Route> all = new ArrayList<>();

  Routes(String provider, ProviderSettings settings) {
    settings
        .endpoints()
        .forEach((name, each) -> add(new Endpoint(provider, name, each, settings.breaker())));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "providers." + provider + ".endpoints: name at least one, with its url");
    }
  }

  private void add(Endpoint endpoint) {
    List<Secret> keys = endpoint.settings().keys();
    int weight = endpoint.settings().weight();
    if (keys.isEmpty()) {
      all.add(new Route(endpoint, null, weight));
    }
    keys.forEach(key -> all.add(new Route(endpoint, key, (double) weight / keys.size())));
  }

  Route first() {
    return all.getFirst();
  }

  /**
   * One that may be used now, by chance and weight, and with the permission of its circuit; those
   * tried before come last. Null when there is none: all circuits are open or all keys held back.
   */
  Route choose(String model, Set<Route> tried) {
    long now = System.nanoTime();
    List<Route> usable = usable(model, now, tried, false);
    while (true) {
      if (usable.isEmpty()) {
        usable = usable(model, now, tried, true);
        return usable.isEmpty() ? null : permitted(usable);
      }
      Route route = permitted(usable);
      if (route != null) {
        return route;
      }
      usable = List.of();
    }
  }

  private List<Route> usable(String model, long now, Set<Route> tried, boolean again) {
    if (all.size() == 1) {
      boolean fits = tried.isEmpty() != again && all.getFirst().waitNanos(model, now) <= 0;
      return fits ? all : List.of();
    }
    List<Route> usable = new ArrayList<>(all.size());
    for (Route route : all) {
      if (tried.contains(route) == again && route.waitNanos(model, now) <= 0) {
        usable.add(route);
      }
    }
    return usable;
  }

  private static Route permitted(List<Route> usable) {
    List<Route> left = usable;
    while (!left.isEmpty()) {
      Route route = left.size() == 1 ? left.getFirst() : byWeight(left);
      if (route.endpoint().breaker().tryAcquirePermission()) {
        return route;
      }
      left = left.stream().filter(other -> other.endpoint() != route.endpoint()).toList();
    }
    return null;
  }

  /** Those of weight 0 only where there are no others. */
  private static Route byWeight(List<Route> routes) {
    double total = 0;
    for (Route route : routes) {
      total += route.weight();
    }
    if (total == 0) {
      return routes.get(ThreadLocalRandom.current().nextInt(routes.size()));
    }
    double point = ThreadLocalRandom.current().nextDouble(total);
    Route last = null;
    for (Route route : routes) {
      if (route.weight() > 0) {
        last = route;
        point -= route.weight();
        if (point < 0) {
          break;
        }
      }
    }
    return last;
  }

  /** Takes all keys out of a text that a service wrote. */
  String withoutKeys(String text) {
    String without = text;
    for (Route route : all) {
      without = route.without(without);
    }
    return without;
  }

  /** Whether there is one that was not tried yet; after a fault of the endpoint, elsewhere. */
  boolean hasFresh(String model, Set<Route> tried, Endpoint except) {
    long now = System.nanoTime();
    return all.stream()
        .anyMatch(
            route ->
                !tried.contains(route)
                    && route.endpoint() != except
                    && route.waitNanos(model, now) <= 0
                    && route.endpoint().breaker().getState() != CircuitBreaker.State.OPEN);
  }

  /** Nanoseconds until the first held back one may be used; -1 when that isn't the trouble. */
  long soonest(String model) {
    long now = System.nanoTime();
    return all.stream()
        .mapToLong(route -> route.waitNanos(model, now))
        .filter(wait -> wait > 0)
        .min()
        .orElse(-1);
  }

  /** Holds a key back that the service has had enough of. */
  void blame(Route route, String model, Failure failure) {
    boolean others = all.size() > 1;
    if (failure.kind() == Kind.THROTTLED && (others || failure.waitNanos() >= 0)) {
      route.holdBack(model, failure.waitNanos() >= 0 ? failure.waitNanos() : THROTTLED);
    } else if (failure.keyFault() && failure.kind() != Kind.THROTTLED && others) {
      route.holdBack(REFUSED);
    }
  }
}
