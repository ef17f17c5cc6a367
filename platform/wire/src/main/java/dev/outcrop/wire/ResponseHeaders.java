package dev.outcrop.wire;

import java.util.Map;

/**
 * Headers that an operation answers beyond those in the SDK's response class, for example {@code
 * x-amzn-bedrock-input-token-count}. Bound by whoever writes the response; elsewhere, as in calls
 * between capabilities, nobody reads them and they are dropped.
 */
public final class ResponseHeaders {

  private static final ScopedValue<Map<String, String>> CURRENT = ScopedValue.newInstance();

  private ResponseHeaders() {}

  /** Sets a header of the response being made; in time only before the first byte or event. */
  public static void set(String name, String value) {
    if (CURRENT.isBound()) {
      CURRENT.get().put(name, value);
    }
  }

  /** Runs the work; what it sets is put into the map, from the thread that runs it. */
  public static <T, X extends Throwable> T collect(
      Map<String, String> headers, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, headers).call(work);
  }
}
