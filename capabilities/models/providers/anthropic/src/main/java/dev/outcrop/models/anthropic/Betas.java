package dev.outcrop.models.anthropic;

import dev.outcrop.wire.HttpExchange;
import java.util.Arrays;
import java.util.List;

/**
 * Beta features that a client of Anthropic's names in a header. They switch on what a body may say,
 * so they go to models of Anthropic's only; a model of another kind is asked by the body alone.
 */
final class Betas {

  private static final ScopedValue<List<String>> CURRENT = ScopedValue.newInstance();

  private Betas() {}

  /** The features named in the request being served. */
  static List<String> current() {
    return CURRENT.isBound() ? CURRENT.get() : List.of();
  }

  static List<String> of(HttpExchange exchange) {
    return exchange.headers().getOrDefault("anthropic-beta", List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(beta -> !beta.isEmpty())
        .toList();
  }

  static <T, X extends Throwable> T bound(List<String> betas, ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(CURRENT, betas).call(work);
  }
}
