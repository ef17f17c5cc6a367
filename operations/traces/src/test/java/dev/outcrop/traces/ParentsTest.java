package dev.outcrop.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.wire.CallerTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String XRAY = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=" + PARENT;

  private static SpanContext xray(Sampler undecided, String header) {
    return Span.fromContext(new Parents(undecided).of(new CallerTrace(null, null, header)))
        .getSpanContext();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", ";Sampled=?", "; Sampled=? ;Self=1-2"})
  void whatTheCallerLeavesOpenIsDecidedHere(String decision) {
    SpanContext traced = xray(Sampler.alwaysOn(), XRAY + decision);
    assertThat(traced.getTraceId()).isEqualTo(TRACE);
    assertThat(traced.getSpanId()).isEqualTo(PARENT);
    assertThat(traced.isSampled()).isTrue();
    assertThat(traced.isRemote()).isTrue();
    SpanContext passedOver = xray(Sampler.alwaysOff(), XRAY + decision);
    assertThat(passedOver.getSpanId()).isEqualTo(PARENT);
    assertThat(passedOver.isSampled()).isFalse();
  }

  @Test
  void whatTheCallerDecidesHolds() {
    assertThat(xray(Sampler.alwaysOn(), XRAY + ";Sampled=0").isSampled()).isFalse();
    assertThat(xray(Sampler.alwaysOff(), XRAY + ";Sampled=1").isSampled()).isTrue();
    assertThat(xray(Sampler.alwaysOff(), "Sampled=1;" + XRAY).getSpanId()).isEqualTo(PARENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "Root=1-2;Parent=3", "Sampled=?"})
  void nonsenseIsNoParent(String header) {
    assertThat(xray(Sampler.alwaysOn(), header).isValid()).isFalse();
  }
}
