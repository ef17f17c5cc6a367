package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.NativeBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseType;

/**
 * Writes a streamed answer as Anthropic's events. Converse counts tokens at the end only, so the
 * counts come with {@code message_delta}, whose totals replace those of {@code message_start}.
 */
final class MessageChunks implements NativeBody.Chunks {

  private final MessageHead head;
  private final List<ObjectNode> out = new ArrayList<>();
  private int index = -1;
  private boolean open;

  /** Opaque pieces that Anthropic sends in one; null outside of such a block. */
  private ByteArrayOutputStream redacted;

  /** The result of a provider's own tool, which Anthropic sends in one; null outside of one. */
  private ObjectNode result;

  private MessageStopEvent stop;

  MessageChunks(MessageHead head) {
    this.head = head;
  }

  @Override
  public List<ObjectNode> of(ConverseStreamOutput event) {
    out.clear();
    switch (event) {
      case MessageStartEvent _ -> start();
      case ContentBlockStartEvent start -> blockStart(start.start());
      case ContentBlockDeltaEvent delta -> delta(delta.delta());
      case ContentBlockStopEvent _ -> blockStop();
      case MessageStopEvent end -> stop = end;
      case ConverseStreamMetadataEvent metadata -> end(metadata.usage());
      default -> throw new IllegalStateException("a chat model sent " + event.sdkEventType());
    }
    return List.copyOf(out);
  }

  private static ObjectNode chunk(String type) {
    return Json.object().put("type", type);
  }

  private void start() {
    ObjectNode message = head.message();
    message.set("usage", Usages.write(TokenUsage.builder().build()).without("cache_creation"));
    ObjectNode chunk = chunk("message_start");
    chunk.set("message", message);
    out.add(chunk);
  }

  private void blockStart(ContentBlockStart start) {
    switch (start.type()) {
      case TOOL_USE -> {
        boolean server = start.toolUse().type() == ToolUseType.SERVER_TOOL_USE;
        ObjectNode block =
            Json.object()
                .put("type", server ? "server_tool_use" : "tool_use")
                .put("id", start.toolUse().toolUseId())
                .put("name", start.toolUse().name());
        block.putObject("input");
        open(block);
      }
      case TOOL_RESULT ->
          result =
              Json.object()
                  .put("type", start.toolResult().type())
                  .put("tool_use_id", start.toolResult().toolUseId());
      default -> throw unsayable(start.type());
    }
  }

  private static ModelErrorException unsayable(Object type) {
    return ModelErrorException.builder()
        .message("The model answered with " + type + ", which this body cannot say.")
        .build();
  }

  private void open(ObjectNode block) {
    ObjectNode chunk = chunk("content_block_start").put("index", ++index);
    chunk.set("content_block", block);
    out.add(chunk);
    open = true;
  }

  private void delta(ContentBlockDelta delta) {
    switch (delta.type()) {
      case TEXT -> text(d -> d.put("type", "text_delta").put("text", delta.text()));
      case CITATION ->
          text(
              d ->
                  d.put("type", "citations_delta")
                      .set("citation", Citations.write(Citations.whole(delta.citation()))));
      case TOOL_USE ->
          delta(
              d -> d.put("type", "input_json_delta").put("partial_json", delta.toolUse().input()));
      case REASONING_CONTENT -> reasoning(delta.reasoningContent());
      case TOOL_RESULT ->
          delta
              .toolResult()
              .forEach(part -> result.set("content", JsonDocuments.json(part.json())));
      default -> throw unsayable(delta.type());
    }
  }

  private void text(Consumer<ObjectNode> fill) {
    if (!open) {
      open(BlockWriter.text(""));
    }
    delta(fill);
  }

  private void reasoning(ReasoningContentBlockDelta delta) {
    if (delta.redactedContent() != null) {
      redacted = redacted == null ? new ByteArrayOutputStream() : redacted;
      redacted.writeBytes(delta.redactedContent().asByteArrayUnsafe());
      return;
    }
    if (!open) {
      open(Json.object().put("type", "thinking").put("thinking", "").put("signature", ""));
    }
    if (delta.text() != null) {
      delta(d -> d.put("type", "thinking_delta").put("thinking", delta.text()));
    }
    if (delta.signature() != null) {
      delta(d -> d.put("type", "signature_delta").put("signature", delta.signature()));
    }
  }

  private void delta(Consumer<ObjectNode> fill) {
    ObjectNode chunk = chunk("content_block_delta").put("index", index);
    fill.accept(chunk.putObject("delta"));
    out.add(chunk);
  }

  private void blockStop() {
    if (redacted != null) {
      String data = redacted.toString(StandardCharsets.UTF_8);
      open(Json.object().put("type", "redacted_thinking").put("data", data));
      redacted = null;
    } else if (result != null) {
      open(result);
      result = null;
    } else if (!open) {
      open(BlockWriter.text("")); // a block without a piece is an empty text
    }
    out.add(chunk("content_block_stop").put("index", index));
    open = false;
  }

  private void end(TokenUsage usage) {
    ObjectNode chunk = chunk("message_delta");
    head.end(
        chunk.putObject("delta"), stop.stopReasonAsString(), stop.additionalModelResponseFields());
    chunk.set("usage", Usages.write(usage).without("cache_creation"));
    out.add(chunk);
    out.add(chunk("message_stop"));
  }
}
