package dev.outcrop.traces;

import dev.outcrop.wire.CallerTrace;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import java.util.List;
import java.util.Locale;

/**
 * The span of a caller, out of the headers of W3C's trace context or, without a good one, of AWS
 * X-Ray's.
 */
final class Parents {
  /** The last one that finds a span wins. */
  private static final TextMapPropagator PROPAGATOR =
      TextMapPropagator.composite(
          AwsXrayPropagator.getInstance(), W3CTraceContextPropagator.getInstance());

  private static final TextMapGetter<CallerTrace> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(CallerTrace trace) {
          return List.of(CallerTrace.PARENT, CallerTrace.STATE, CallerTrace.XRAY);
        }

        @Override
        public String get(CallerTrace trace, String name) {
          // X-Ray's propagator asks for X-Amzn-Trace-Id.
          return trace.header(name.toLowerCase(Locale.ROOT));
        }
      };

  private Parents() {}

  /** What holds the caller's span; the root without any, or with headers that make no sense. */
  static Context of(CallerTrace trace) {
    return trace == null ? Context.root() : PROPAGATOR.extract(Context.root(), trace, HEADERS);
  }
}
