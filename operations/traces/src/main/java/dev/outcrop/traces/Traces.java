package dev.outcrop.traces;

import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.wire.RequestContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * A span for each call of a model, by OpenTelemetry's conventions for generative AI, sent to a
 * collector by OTLP (protobuf over HTTP). A call belongs to the trace that its request names, if
 * any, and then the caller's decision on sampling holds. Spans are sent in batches by a thread of
 * the SDK's; when the collector doesn't keep up they are dropped, and no call waits.
 */
public final class Traces implements CallObserver, AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final int SECONDS_TO_CLOSE = 10;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Parents parents;
  private final boolean content;

  Traces(TraceSettings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(target(settings.endpoint().orElseThrow()));
    settings.headers().forEach((name, value) -> exporter.addHeader(name, value.reveal()));
    Sampler ratio = Sampler.traceIdRatioBased(settings.sampleRatio());
    parents = new Parents(ratio);
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.builder().put("service.name", "outcrop").build())))
            .setSampler(Sampler.parentBased(ratio))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
            .build();
    tracer = provider.get("dev.outcrop");
    content = settings.captureContent();
  }

  /** As OpenTelemetry has it: an address without a path means the usual one. */
  private static String target(URI endpoint) {
    String path = endpoint.getPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? endpoint.resolve(PATH).toString()
        : endpoint.toString();
  }

  @Override
  public Watch begin(ModelCall call) {
    Span span =
        tracer
            .spanBuilder(GenAi.operation(call) + " " + call.modelId())
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parents.of(RequestContext.current().trace()))
            .setStartTimestamp(call.start())
            .startSpan();
    return span.isRecording() ? new CallSpan(span, call, content) : Watch.NONE;
  }

  /** Sends what there is. */
  @Override
  public void close() {
    provider.shutdown().join(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
  }
}
