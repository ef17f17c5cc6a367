package dev.outcrop.models.openai;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.ResponseFields;
import dev.outcrop.wire.EventSink;
import java.util.List;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;

/** Turns the chunks of an answer into Converse's events, as they come. */
final class Answer {

  private final EventSink<ConverseStreamOutput> events;
  private final ConverseStreamRequest request;
  private final List<JsonPointer> pointers;
  private final long start;
  private final Blocks blocks;
  private final ToolCalls tools;
  private final Assembled assembled;
  private JsonNode finish = MissingNode.getInstance();
  private JsonNode usage = MissingNode.getInstance();
  private String tier;
  private boolean refused;

  /** What was written, for those who count it; null when nobody does. */
  private final StringBuilder written;

  /**
   * @param start {@link System#nanoTime} when the request came
   * @param counting whether {@link #written} is wanted
   */
  Answer(
      ConverseStreamRequest request,
      EventSink<ConverseStreamOutput> events,
      List<JsonPointer> pointers,
      boolean counting,
      long start) {
    this.request = request;
    this.events = events;
    this.pointers = pointers;
    this.start = start;
    this.written = counting ? new StringBuilder() : null;
    this.blocks = new Blocks(events);
    this.tools = new ToolCalls(blocks);
    this.assembled = pointers.isEmpty() ? null : new Assembled();
  }

  /** Whether the client has seen anything of it. */
  boolean begun() {
    return blocks.begun();
  }

  void chunk(JsonNode chunk) {
    if (assembled != null) {
      assembled.add(chunk);
    }
    JsonNode choice = chunk.path("choices").path(0);
    if (chunk.hasNonNull("error")) {
      throw OpenAiProtocol.inStream(chunk);
    }
    if (tier == null) {
      tier(chunk.path("service_tier"));
    }
    JsonNode delta = choice.path("delta");
    content(delta.isObject() ? delta : choice.path("message"));
    text(choice.path("text"));
    if (choice.hasNonNull("finish_reason")) {
      finish = choice;
    }
    JsonNode counts = Usage.in(chunk);
    usage = counts.isObject() ? counts : usage;
  }

  private void tier(JsonNode told) {
    if (told.isTextual()) {
      tier = told.textValue();
      if (!blocks.begun() && Tier.asked(request)) {
        events.respond(Tier.head(tier, request));
      }
    }
  }

  private void content(JsonNode delta) {
    JsonNode thought = delta.path("reasoning_content");
    reasoning(thought.isTextual() ? thought : delta.path("reasoning"));
    JsonNode content = delta.path("content");
    text(content);
    if (content.isArray()) {
      content.forEach(this::part);
    }
    JsonNode refusal = delta.path("refusal");
    refused |= refusal.isTextual() && !refusal.textValue().isEmpty();
    text(refusal);
    delta.path("tool_calls").forEach(tools::delta);
  }

  /** Mistral's answers may be lists of text and of thinking, itself a list of text. */
  private void part(JsonNode part) {
    text(part.path("text"));
    part.path("thinking").forEach(each -> reasoning(each.path("text")));
  }

  private void text(JsonNode text) {
    if (text.isTextual() && !text.textValue().isEmpty()) {
      endTools();
      blocks.text(noted(text.textValue()));
    }
  }

  private void reasoning(JsonNode text) {
    if (text.isTextual() && !text.textValue().isEmpty()) {
      endTools();
      blocks.reasoning(noted(text.textValue()));
    }
  }

  private void endTools() {
    if (tools.any()) {
      tools.finish();
    }
  }

  private String noted(String text) {
    if (written != null) {
      written.append(text);
    }
    return text;
  }

  /** What the answer says so far. */
  String written() {
    return written.toString();
  }

  /** Whether the server told what it counted. */
  boolean hasUsage() {
    return usage.isObject();
  }

  /**
   * After the last chunk.
   *
   * @param counted the usage when the server tells none
   * @throws Failure when the answer isn't complete
   */
  void end(TokenUsage counted) {
    if (finish.isMissingNode()) {
      throw new Failure(Kind.BROKEN, 0, "its stream ended before the answer was complete");
    }
    tools.finish();
    List<String> stops =
        request.inferenceConfig() == null ? List.of() : request.inferenceConfig().stopSequences();
    StopReason reason = StopReasons.of(finish, stops, refused, tools);
    checkToolChoice(reason);
    blocks.close();
    blocks.begin();
    Document fields = assembled == null ? null : ResponseFields.of(assembled.answer(), pointers);
    events.send(
        ConverseStreamOutput.messageStopBuilder()
            .stopReason(reason)
            .additionalModelResponseFields(fields)
            .build());
    long millis = (System.nanoTime() - start) / 1_000_000;
    events.send(
        ConverseStreamOutput.metadataBuilder()
            .usage(hasUsage() ? Usage.of(usage) : counted)
            .metrics(metrics -> metrics.latencyMs(millis))
            .serviceTier(Tier.served(tier, request))
            .performanceConfig(Tier.latency(tier, request))
            .build());
  }

  /** Some servers read over tools when their model's chat template knows none. */
  private void checkToolChoice(StopReason reason) {
    boolean whole = reason == StopReason.END_TURN || reason == StopReason.STOP_SEQUENCE;
    ToolChoice choice = request.toolConfig() == null ? null : request.toolConfig().toolChoice();
    if (whole && choice != null && choice.auto() == null && !tools.any()) {
      throw new Failure(
          Kind.BROKEN,
          0,
          "it called no tool, although toolChoice demands it; does the model support tools?");
    }
  }
}
