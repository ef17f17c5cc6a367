package dev.outcrop.wire;

import java.util.List;

/**
 * The place in a distributed trace from which a request was sent, as its headers say; unread,
 * because hardly any request is traced.
 *
 * @param parent W3C's {@code traceparent}, or null
 * @param state W3C's {@code tracestate}, several lines joined, or null
 * @param xray AWS's {@code X-Amzn-Trace-Id}, or null
 */
public record CallerTrace(String parent, String state, String xray) {
  public static final String PARENT = "traceparent";
  public static final String STATE = "tracestate";
  public static final String XRAY = "x-amzn-trace-id";

  /** What the headers of a request say; null when they say nothing. */
  public static CallerTrace of(HttpExchange exchange) {
    String parent = exchange.header(PARENT);
    String xray = exchange.header(XRAY);
    if (parent == null && xray == null) {
      return null;
    }
    List<String> state = exchange.headers().get(STATE);
    return new CallerTrace(parent, state == null ? null : String.join(",", state), xray);
  }

  /** One of the headers by its lower-case name; null when it was not sent. */
  public String header(String name) {
    return switch (name) {
      case PARENT -> parent;
      case STATE -> state;
      case XRAY -> xray;
      default -> null;
    };
  }
}
