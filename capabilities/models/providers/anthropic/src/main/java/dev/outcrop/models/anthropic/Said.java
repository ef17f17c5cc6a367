package dev.outcrop.models.anthropic;

import dev.outcrop.wire.HttpExchange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a client of Anthropic's API said that Converse has no place for and that matters to models
 * of Anthropic's only. It goes around the internal form, on the thread that serves the request.
 *
 * @param betas features named in a header, which switch on what a body may say; a model of another
 *     kind is asked by the body alone
 * @param titles of documents, by the names that they have in Converse
 */
record Said(List<String> betas, Map<String, String> titles) {

  private static final ScopedValue<Said> CURRENT = ScopedValue.newInstance();
  private static final Said NOTHING = new Said(List.of(), Map.of());

  /** What was said in the request being served. */
  static Said current() {
    return CURRENT.isBound() ? CURRENT.get() : NOTHING;
  }

  static List<String> betas(HttpExchange exchange) {
    return exchange.headers().getOrDefault("anthropic-beta", List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(beta -> !beta.isEmpty())
        .toList();
  }

  /** Runs the work with this bound. */
  <T, X extends Throwable> T bound(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
