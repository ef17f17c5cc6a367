package dev.outcrop.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.config.Secret;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class TracesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final Collector collector = new Collector();

  @AfterEach
  void close() {
    collector.close();
  }

  private Traces traces(double ratio, boolean content) {
    return new TraceSettings(
            Optional.of(collector.address()),
            Map.of("x-api-key", new Secret("letmein")),
            ratio,
            content)
        .open();
  }

  private static ModelCall call(String operation, String body) {
    CatalogueEntry entry =
        new CatalogueEntry(
            "claude",
            null,
            null,
            "gateway",
            ModelEntry.Kind.CHAT,
            null,
            null,
            0,
            null,
            false,
            Map.of(),
            null,
            null);
    return new ModelCall(
        "request-1",
        operation,
        START,
        "000000000000",
        "us-east-1",
        "arn:aws:iam::000000000000:root",
        "none",
        "anthropic.claude-x",
        null,
        entry,
        Map.of(),
        () -> json(body),
        10,
        10);
  }

  private static Outcome done(ModelCall call) {
    return new Outcome(call.entry(), new Usage(10, 5, 3, 2, 0), "end_turn", 1500, 250, null);
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallIsASpanByTheConventions() {
    ModelCall call =
        call(
            "Converse",
            """
            {"messages": [{"role": "user", "content": [{"text": "private"}]}],
             "inferenceConfig": {"maxTokens": 99, "temperature": 0.5, "stopSequences": ["a", "b"]}}
            """);
    try (Traces traces = traces(1, false)) {
      CallObserver.Watch watch = traces.begin(call);
      assertThat(watch.wantsOutput()).isFalse();
      watch.end(done(call));
    }
    Span span = collector.spans().getFirst();
    assertThat(span.getName()).isEqualTo("chat anthropic.claude-x");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(1_500_000_000L);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(START.toEpochMilli() * 1_000_000);
    assertThat(span.getParentSpanId().isEmpty()).isTrue();
    assertThat(Collector.attributes(span.getAttributesList()))
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "aws.bedrock")
        .containsEntry("gen_ai.request.model", "anthropic.claude-x")
        .containsEntry("gen_ai.response.model", "claude")
        .containsEntry("gen_ai.request.max_tokens", "99")
        .containsEntry("gen_ai.request.temperature", "0.5")
        .containsEntry("gen_ai.request.stop_sequences", "a,b")
        .containsEntry("gen_ai.usage.input_tokens", "15")
        .containsEntry("gen_ai.usage.output_tokens", "5")
        .containsEntry("gen_ai.usage.cache_read.input_tokens", "3")
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", "2")
        .containsEntry("gen_ai.response.finish_reasons", "end_turn")
        .containsEntry("gen_ai.server.time_to_first_token", "0.25")
        .containsEntry("aws.request_id", "request-1")
        .containsEntry("outcrop.provider", "gateway");
    assertThat(span.toString()).doesNotContain("private");
    assertThat(collector.service()).isEqualTo("outcrop");
    assertThat(collector.headers.getFirst()).containsEntry("X-api-key", List.of("letmein"));
  }

  @Test
  void aFailureIsAnError() {
    ModelCall call = call("Converse", "{}");
    try (Traces traces = traces(1, false)) {
      traces
          .begin(call)
          .end(
              new Outcome(
                  call.entry(),
                  Usage.NONE,
                  null,
                  3,
                  -1,
                  ThrottlingException.builder()
                      .awsErrorDetails(
                          AwsErrorDetails.builder()
                              .errorCode("ThrottlingException")
                              .errorMessage("slow down")
                              .build())
                      .build()));
    }
    Span span = collector.spans().getFirst();
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(Collector.attributes(span.getAttributesList()))
        .containsEntry("error.type", "ThrottlingException")
        .doesNotContainKey("gen_ai.response.model")
        .doesNotContainKey("gen_ai.usage.input_tokens");
  }

  @Test
  void whatWasSaidIsInTheSpanWhenThatIsConfigured() {
    ModelCall call =
        call(
            "ConverseStream",
            """
            {"system": [{"text": "be brief"}],
             "messages": [{"role": "user", "content": [
               {"text": "hello"}, {"image": {"format": "png"}},
               {"toolResult": {"toolUseId": "t1", "content": [{"text": "4"}]}}]}]}
            """);
    try (Traces traces = traces(1, true)) {
      CallObserver.Watch watch = traces.begin(call);
      assertThat(watch.wantsOutput()).isTrue();
      for (String event :
          List.of(
              "{'messageStart': {'role': 'assistant'}}",
              "{'contentBlockDelta': {'contentBlockIndex': 0, 'delta': {'text': 'He'}}}",
              "{'contentBlockDelta': {'contentBlockIndex': 0, 'delta': {'text': 'y'}}}",
              "{'contentBlockStart': {'contentBlockIndex': 1, 'start':"
                  + " {'toolUse': {'toolUseId': 't2', 'name': 'look'}}}}",
              "{'contentBlockDelta': {'contentBlockIndex': 1, 'delta': {'toolUse': {'input':"
                  + " '{}'}}}}",
              "{'messageStop': {'stopReason': 'tool_use'}}")) {
        watch.output(json(event.replace('\'', '"')));
      }
      watch.end(done(call));
    }
    Map<String, String> said =
        Collector.attributes(collector.spans().getFirst().getAttributesList());
    assertThat(json(said.get("gen_ai.input.messages")))
        .isEqualTo(
            json(
                """
                [{"role": "user", "parts": [{"type": "text", "content": "hello"},
                  {"type": "image"},
                  {"type": "tool_call_response", "id": "t1", "response": [{"text": "4"}]}]}]
                """));
    assertThat(json(said.get("gen_ai.system_instructions")))
        .isEqualTo(json("[{\"type\": \"text\", \"content\": \"be brief\"}]"));
    assertThat(json(said.get("gen_ai.output.messages")))
        .isEqualTo(
            json(
                """
                [{"role": "assistant", "finish_reason": "tool_use", "parts": [
                  {"type": "text", "content": "Hey"},
                  {"type": "tool_call", "id": "t2", "name": "look", "arguments": "{}"}]}]
                """));
  }

  @Test
  void aPartOfTheCallsIsTraced() {
    ModelCall call = call("Converse", "{}");
    try (Traces traces = traces(0.25, false)) {
      for (int i = 0; i < 1_000; i++) {
        traces.begin(call).end(done(call));
      }
    }
    assertThat(collector.spans()).hasSizeBetween(150, 350);
  }

  @Test
  void aCollectorThatIsGoneCostsNoCall() {
    ModelCall call = call("Converse", "{}");
    try (Traces traces =
        new TraceSettings(Optional.of(URI.create("http://localhost:1")), Map.of(), 1, false)
            .open()) {
      traces.begin(call).end(done(call));
    }
    assertThat(collector.requests).isEmpty();
  }

  @Test
  void withoutAnEndpointThereAreNone() {
    assertThat(new TraceSettings(Optional.empty(), Map.of(), 1, false).open()).isNull();
  }
}
