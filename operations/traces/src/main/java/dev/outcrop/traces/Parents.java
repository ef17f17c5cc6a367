package dev.outcrop.traces;

import dev.outcrop.wire.CallerTrace;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The span of a caller, out of the headers of W3C's trace context or, without a good one, of AWS
 * X-Ray's. X-Ray lets a caller leave the decision on sampling to whom it calls, by {@code
 * Sampled=?} or by saying nothing of it; OpenTelemetry knows no parent without one, so it is made
 * here.
 */
final class Parents {
  private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapPropagator XRAY = AwsXrayPropagator.getInstance();
  private static final String DECISION = "Sampled=";

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

  private final Sampler undecided;

  /**
   * @param undecided decides for callers that did not
   */
  Parents(Sampler undecided) {
    this.undecided = undecided;
  }

  /** What holds the caller's span; the root without any, or with headers that make no sense. */
  Context of(CallerTrace trace) {
    if (trace == null) {
      return Context.root();
    }
    Context found = W3C.extract(Context.root(), trace, HEADERS);
    if (span(found).isValid() || trace.xray() == null) {
      return found;
    }
    List<String> parts =
        Stream.of(trace.xray().split(";")).map(String::strip).filter(p -> !p.isEmpty()).toList();
    if (parts.stream().anyMatch(p -> p.startsWith(DECISION) && !p.equals(DECISION + "?"))) {
      return XRAY.extract(Context.root(), trace, HEADERS);
    }
    Context sampled = xray(parts, 1);
    return span(sampled).isValid() && !sampled(span(sampled).getTraceId())
        ? xray(parts, 0)
        : sampled;
  }

  private static Context xray(List<String> parts, int decision) {
    String rest =
        parts.stream().filter(p -> !p.startsWith(DECISION)).collect(Collectors.joining(";"));
    CallerTrace decided = new CallerTrace(null, null, rest + ";" + DECISION + decision);
    return XRAY.extract(Context.root(), decided, HEADERS);
  }

  private boolean sampled(String traceId) {
    return undecided
        .shouldSample(Context.root(), traceId, "", SpanKind.CLIENT, Attributes.empty(), List.of())
        .getDecision()
        .equals(SamplingDecision.RECORD_AND_SAMPLE);
  }

  private static SpanContext span(Context context) {
    return Span.fromContext(context).getSpanContext();
  }
}
