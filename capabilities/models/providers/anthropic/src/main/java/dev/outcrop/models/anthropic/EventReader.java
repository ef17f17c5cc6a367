package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.ResponseFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseType;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Reads the events of a streamed answer as those of Converse. */
final class EventReader {

  private final List<ConverseStreamOutput> out = new ArrayList<>(2);
  private final List<JsonPointer> pointers;
  private final boolean answersByTool;
  private final long start;
  private final ConverseStreamRequest request;
  private final MessageBuilder message;

  /** Whether the open block is the tool whose input is the answer. */
  private boolean answering;

  private boolean complete;

  /**
   * @param pointers into the whole message, for {@code additionalModelResponseFields}
   * @param answersByTool whether the answer comes as the input of a tool
   * @param start when the model was asked, of {@link System#nanoTime}
   * @param request what was asked
   */
  EventReader(
      List<JsonPointer> pointers,
      boolean answersByTool,
      long start,
      ConverseStreamRequest request) {
    this.request = request;
    this.start = start;
    this.pointers = pointers;
    this.answersByTool = answersByTool;
    this.message = new MessageBuilder(!pointers.isEmpty());
  }

  /** What the head of a native stream says; null when the request asks for none of it. */
  SdkResponse head() {
    return Tier.head(message.message().path("usage"), request);
  }

  /** Whether the last event came. */
  boolean complete() {
    return complete;
  }

  /**
   * The events that one becomes.
   *
   * @throws Failure when it is an error or makes no sense
   */
  List<ConverseStreamOutput> of(JsonNode event) {
    out.clear();
    message.add(event);
    switch (event.path("type").asText()) {
      case "message_start" ->
          out.add(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      case "content_block_start" -> blockStart(index(event), event.path("content_block"));
      case "content_block_delta" -> delta(index(event), event.path("delta"));
      case "content_block_stop" -> {
        answering = false;
        out.add(
            ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(index(event)).build());
      }
      case "message_stop" -> end();
      case "error" -> throw new AnthropicProtocol().failure(0, event);
      default -> {
        // ping, message_delta, and what is announced to come in later versions
      }
    }
    return out;
  }

  private static int index(JsonNode event) {
    return event.path("index").asInt();
  }

  private void blockStart(int index, JsonNode block) {
    String type = block.path("type").asText();
    switch (type) {
      case "text" -> text(index, block.path("text").asText());
      case "thinking" -> {
        if (!block.path("thinking").asText().isEmpty()) {
          reasoning(index, r -> r.text(block.path("thinking").asText()));
        }
      }
      case "redacted_thinking" ->
          reasoning(
              index, r -> r.redactedContent(SdkBytes.fromUtf8String(block.path("data").asText())));
      case "tool_use", "server_tool_use" -> toolUse(index, block, type);
      default -> {
        if (!type.endsWith("_tool_result")) {
          throw unsayable("content block of the type " + type);
        }
        start(
            index,
            s -> s.toolResult(r -> r.toolUseId(block.path("tool_use_id").asText()).type(type)));
        ToolResultBlockDelta content =
            ToolResultBlockDelta.fromJson(JsonDocuments.of(block.path("content")));
        delta(index, d -> d.toolResult(content));
      }
    }
  }

  private static Failure unsayable(String what) {
    return new Failure(Kind.BROKEN, 0, "it sent a " + what + ", which Converse cannot carry");
  }

  private void toolUse(int index, JsonNode block, String type) {
    String name = block.path("name").asText();
    answering = answersByTool && name.equals(RequestWriter.ANSWER_TOOL);
    if (!answering) {
      start(
          index,
          s ->
              s.toolUse(
                  use ->
                      use.toolUseId(block.path("id").asText())
                          .name(name)
                          .type(type.equals("tool_use") ? null : ToolUseType.SERVER_TOOL_USE)));
    }
  }

  private void delta(int index, JsonNode delta) {
    String type = delta.path("type").asText();
    switch (type) {
      case "text_delta" -> text(index, delta.path("text").asText());
      case "input_json_delta" -> input(index, delta.path("partial_json").asText());
      case "thinking_delta" -> reasoning(index, r -> r.text(delta.path("thinking").asText()));
      case "signature_delta" ->
          reasoning(index, r -> r.signature(delta.path("signature").asText()));
      case "citations_delta" -> citation(index, delta.path("citation"));
      default -> throw unsayable("piece of the type " + type);
    }
  }

  private void text(int index, String text) {
    if (!text.isEmpty()) {
      delta(index, d -> d.text(text));
    }
  }

  private void input(int index, String json) {
    if (answering) {
      text(index, json);
    } else {
      delta(index, d -> d.toolUse(use -> use.input(json)));
    }
  }

  private void citation(int index, JsonNode citation) {
    try {
      var read = Citations.delta(Citations.read(Fields.of("citation", citation)));
      delta(index, d -> d.citation(read));
    } catch (ValidationException e) {
      throw new Failure(Kind.BROKEN, "it sent a citation that makes no sense", e);
    }
  }

  private void reasoning(int index, Consumer<ReasoningContentBlockDelta.Builder> fill) {
    delta(index, d -> d.reasoningContent(fill));
  }

  private void start(int index, Consumer<ContentBlockStart.Builder> fill) {
    out.add(
        ConverseStreamOutput.contentBlockStartBuilder()
            .contentBlockIndex(index)
            .start(fill)
            .build());
  }

  private void delta(int index, Consumer<ContentBlockDelta.Builder> fill) {
    out.add(
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(index)
            .delta(fill)
            .build());
  }

  private void end() {
    JsonNode whole = message.message();
    String reason = whole.path("stop_reason").asText("");
    if (reason.isEmpty()) {
      throw new Failure(Kind.BROKEN, 0, "it did not say why its answer ended");
    }
    boolean answered = answersByTool && reason.equals("tool_use");
    out.add(
        ConverseStreamOutput.messageStopBuilder()
            .stopReason(answered ? "end_turn" : StopReasons.converse(reason))
            .additionalModelResponseFields(ResponseFields.of(whole, pointers))
            .build());
    long millis = (System.nanoTime() - start) / 1_000_000;
    out.add(
        ConverseStreamOutput.metadataBuilder()
            .usage(Usages.read(whole.path("usage")))
            .metrics(metrics -> metrics.latencyMs(millis))
            .serviceTier(Tier.served(whole.path("usage"), request))
            .performanceConfig(request.performanceConfig())
            .build());
    complete = true;
  }
}
