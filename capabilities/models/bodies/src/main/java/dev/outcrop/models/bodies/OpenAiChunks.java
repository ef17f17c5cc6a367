package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlockStart;

/**
 * OpenAI's chunks. The first says the role; the last but for the usage, when that was asked for,
 * says why the model stopped.
 */
final class OpenAiChunks implements NativeBody.Chunks {

  private final OpenAiAnswer answer;
  private final boolean includeUsage;

  /** The place in {@code tool_calls} of each content block that is a tool use. */
  private final Map<Integer, Integer> calls = new HashMap<>();

  private boolean begun;
  private boolean thinking;
  private String stopReason;

  OpenAiChunks(OpenAiAnswer answer, boolean includeUsage) {
    this.answer = answer;
    this.includeUsage = includeUsage;
  }

  @Override
  public List<ObjectNode> of(ConverseStreamOutput event) {
    return switch (event) {
      case ContentBlockStartEvent start when start.start().toolUse() != null ->
          List.of(call(start.contentBlockIndex(), start.start().toolUse()));
      case ContentBlockDeltaEvent delta -> piece(delta.contentBlockIndex(), delta.delta());
      case MessageStopEvent stop -> {
        stopReason = stop.stopReasonAsString();
        yield List.of();
      }
      case ConverseStreamMetadataEvent last -> end(last);
      default -> List.of();
    };
  }

  private List<ObjectNode> piece(Integer index, ContentBlockDelta delta) {
    if (delta.text() != null) {
      return List.of(content(closing() + delta.text()));
    }
    if (delta.reasoningContent() != null && delta.reasoningContent().text() != null) {
      return List.of(thought(delta.reasoningContent().text()));
    }
    if (delta.reasoningContent() != null
        && delta.reasoningContent().signature() != null
        && answer.thinking == OpenAiChat.Thinking.FIELD) {
      ObjectNode chunk = chunk();
      delta(chunk).put("reasoning_signature", delta.reasoningContent().signature());
      return List.of(chunk);
    }
    if (delta.toolUse() != null && delta.toolUse().input() != null) {
      ObjectNode chunk = chunk();
      delta(chunk)
          .putArray("tool_calls")
          .addObject()
          .put("index", calls.getOrDefault(index, 0))
          .putObject("function")
          .put("arguments", delta.toolUse().input());
      return List.of(chunk);
    }
    return List.of(); // A citation, which OpenAI has no place for.
  }

  private ObjectNode thought(String text) {
    if (answer.thinking == OpenAiChat.Thinking.TAGS) {
      String opening = thinking ? "" : "<reasoning>";
      thinking = true;
      return content(opening + text);
    }
    ObjectNode chunk = chunk();
    delta(chunk).put("reasoning_content", text);
    return chunk;
  }

  private String closing() {
    boolean open = thinking;
    thinking = false;
    return open ? "</reasoning>" : "";
  }

  private ObjectNode content(String text) {
    ObjectNode chunk = chunk();
    delta(chunk).put("content", text);
    return chunk;
  }

  private ObjectNode call(Integer block, ToolUseBlockStart start) {
    int index = calls.size();
    calls.put(block, index);
    ObjectNode chunk = chunk();
    delta(chunk)
        .putArray("tool_calls")
        .addObject()
        .put("index", index)
        .put("id", start.toolUseId())
        .put("type", "function")
        .putObject("function")
        .put("name", start.name())
        .put("arguments", "");
    return chunk;
  }

  private List<ObjectNode> end(ConverseStreamMetadataEvent last) {
    ObjectNode finish = chunk();
    String closing = closing();
    ObjectNode delta = delta(finish);
    if (!closing.isEmpty()) {
      delta.put("content", closing);
    }
    ((ObjectNode) finish.at("/choices/0")).put("finish_reason", OpenAiAnswer.reason(stopReason));
    OpenAiAnswer.tier(finish, last.serviceTier());
    if (!includeUsage) {
      return List.of(finish);
    }
    ObjectNode usage = answer.head("chat.completion.chunk");
    usage.putArray("choices");
    OpenAiAnswer.usage(usage.putObject("usage"), last.usage());
    return List.of(finish, usage);
  }

  private ObjectNode chunk() {
    ObjectNode chunk = answer.head("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta");
    choice.putNull("finish_reason");
    if (includeUsage) {
      chunk.putNull("usage");
    }
    return chunk;
  }

  private ObjectNode delta(ObjectNode chunk) {
    ObjectNode delta = (ObjectNode) chunk.get("choices").get(0).get("delta");
    if (!begun) {
      begun = true;
      delta.put("role", "assistant");
    }
    return delta;
  }
}
