package dev.outcrop.traces;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;

/** The span of one call. */
final class CallSpan implements CallObserver.Watch {
  private final Span span;
  private final ModelCall call;
  private final boolean content;
  private final List<JsonNode> pieces = new ArrayList<>();

  /**
   * @param content whether the span has what was asked and answered
   */
  CallSpan(Span span, ModelCall call, boolean content) {
    this.span = span;
    this.call = call;
    this.content = content;
  }

  @Override
  public boolean wantsOutput() {
    return content;
  }

  @Override
  public void output(JsonNode piece) {
    pieces.add(piece);
  }

  @Override
  public void end(Outcome outcome) {
    request();
    outcome(outcome);
    span.end(call.start().plusMillis(outcome.latencyMillis()));
  }

  private void request() {
    span.setAttribute(GenAi.OPERATION, GenAi.operation(call));
    span.setAttribute(GenAi.PROVIDER, GenAi.BEDROCK);
    span.setAttribute(GenAi.REQUEST_MODEL, call.modelId());
    span.setAttribute(GenAi.RPC_METHOD, call.operation());
    span.setAttribute(GenAi.REQUEST_ID, call.requestId());
    span.setAttribute(GenAi.ACCOUNT, call.account());
    span.setAttribute(GenAi.REGION, call.region());
    if (call.profile() != null) {
      span.setAttribute(GenAi.PROFILE, call.profile());
    }
    JsonNode input = call.input().get();
    parameters(input.path("inferenceConfig"));
    if (content) {
      MessageContent said = new MessageContent(input);
      span.setAttribute(GenAi.INPUT, said.input());
      if (input.path("system").isArray()) {
        span.setAttribute(GenAi.SYSTEM, said.system());
      }
      if (!pieces.isEmpty()) {
        span.setAttribute(GenAi.OUTPUT, MessageContent.output(pieces));
      }
    }
  }

  private void parameters(JsonNode config) {
    if (config.has("maxTokens")) {
      span.setAttribute(GenAi.MAX_TOKENS, config.get("maxTokens").asLong());
    }
    if (config.has("temperature")) {
      span.setAttribute(GenAi.TEMPERATURE, config.get("temperature").asDouble());
    }
    if (config.has("topP")) {
      span.setAttribute(GenAi.TOP_P, config.get("topP").asDouble());
    }
    if (config.path("stopSequences").isArray()) {
      List<String> sequences = new ArrayList<>();
      config.get("stopSequences").forEach(sequence -> sequences.add(sequence.asText()));
      span.setAttribute(GenAi.STOP_SEQUENCES, sequences);
    }
  }

  private void outcome(Outcome outcome) {
    span.setAttribute(GenAi.SERVED_BY, outcome.servedBy().provider());
    usage(outcome.usage());
    if (outcome.stopReason() != null) {
      span.setAttribute(GenAi.FINISH_REASONS, List.of(outcome.stopReason()));
    }
    if (outcome.firstTokenMillis() >= 0) {
      span.setAttribute(GenAi.FIRST_TOKEN, outcome.firstTokenMillis() / 1000.0);
    }
    Throwable failure = outcome.failure();
    if (failure == null) {
      span.setAttribute(GenAi.RESPONSE_MODEL, outcome.servedBy().id());
    } else {
      span.setAttribute(GenAi.ERROR_TYPE, GenAi.errorType(failure));
      span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
    }
  }

  /** The conventions count what a cache had or got among the input; Bedrock does not. */
  private void usage(Usage usage) {
    if (usage.equals(Usage.NONE)) {
      return;
    }
    span.setAttribute(GenAi.INPUT_TOKENS, usage.input() + usage.cacheRead() + usage.cacheWrite());
    span.setAttribute(GenAi.OUTPUT_TOKENS, usage.output());
    if (usage.cacheRead() > 0) {
      span.setAttribute(GenAi.CACHE_READ, usage.cacheRead());
    }
    if (usage.cacheWrite() > 0) {
      span.setAttribute(GenAi.CACHE_WRITE, usage.cacheWrite());
    }
  }
}
