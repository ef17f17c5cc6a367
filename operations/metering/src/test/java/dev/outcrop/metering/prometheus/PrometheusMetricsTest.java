package dev.outcrop.metering.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.metering.Calls;
import dev.outcrop.models.calls.ModelCall;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class PrometheusMetricsTest {
  @Test
  void showsCallsTokensCostAndLatency() throws Exception {
    try (PrometheusMetrics metrics = new PrometheusMetrics();
        HttpServer server = HttpServer.start(HttpSettings.defaults(), metrics);
        HttpClient http = HttpClient.newHttpClient()) {
      ModelCall call = Calls.call(Calls.chat("claude", Calls.PRICES), "team-a", Instant.now());
      metrics.begin(call).end(Calls.done(call, 1000, 200));
      metrics.begin(call).end(Calls.done(call, 1000, 200));
      metrics.begin(call).end(Calls.failed(call, ThrottlingException.builder().build()));
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(server.endpoint()).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      assertThat(answer.body().lines())
          .contains(
              "outcrop_model_calls_total{error=\"none\",key=\"team-a\",model=\"claude\"} 2.0",
              "outcrop_model_calls_total{error=\"ThrottlingException\",key=\"team-a\",model=\"claude\"}"
                  + " 1.0",
              "outcrop_model_tokens_total{key=\"team-a\",kind=\"input\",model=\"claude\"} 2000.0",
              "outcrop_model_cost_dollars_total{key=\"team-a\",model=\"claude\"} 0.012",
              "outcrop_model_latency_seconds_count{key=\"team-a\",model=\"claude\"} 2",
              "outcrop_model_latency_seconds_bucket{key=\"team-a\",model=\"claude\",le=\"0.02\"} 2");
    }
  }

  @Test
  void namesThatClientsMakeUpDoNotFillTheMemory() throws Exception {
    try (PrometheusMetrics metrics = new PrometheusMetrics()) {
      for (int n = 0; n < 3_000; n++) {
        ModelCall call = Calls.call(Calls.chat("claude", Calls.PRICES), "key-" + n, Instant.now());
        metrics.begin(call).end(Calls.done(call, 1, 1));
      }
      assertThat(metrics.pairs()).isEqualTo(1_001);
    }
  }
}
