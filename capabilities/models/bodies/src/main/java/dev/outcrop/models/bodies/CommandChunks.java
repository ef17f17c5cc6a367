package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Command R's events: a start, pieces of text, the tool calls at once, and the end with the whole
 * answer.
 */
final class CommandChunks implements NativeBody.Chunks {

  private final CommandAnswer answer;
  private final StringBuilder said = new StringBuilder();
  private final ArrayNode calls = Body.JSON.createArrayNode();
  private String tool;
  private final StringBuilder input = new StringBuilder();
  private String stopReason;

  CommandChunks(CommandAnswer answer) {
    this.answer = answer;
  }

  @Override
  public List<ObjectNode> of(ConverseStreamOutput event) {
    switch (event) {
      case MessageStartEvent start -> {
        return List.of(chunk("stream-start", false).put("generation_id", answer.generation));
      }
      case ContentBlockStartEvent start when start.start().toolUse() != null ->
          tool = start.start().toolUse().name();
      case ContentBlockDeltaEvent delta when delta.delta().text() != null -> {
        said.append(delta.delta().text());
        return List.of(chunk("text-generation", false).put("text", delta.delta().text()));
      }
      case ContentBlockDeltaEvent delta when delta.delta().toolUse() != null ->
          input.append(delta.delta().toolUse().input());
      case ContentBlockStopEvent stop -> endCall();
      case MessageStopEvent stop -> {
        stopReason = stop.stopReasonAsString();
        return toolCalls();
      }
      case ConverseStreamMetadataEvent last -> {
        ObjectNode end =
            chunk("stream-end", true).put("finish_reason", CohereCommand.reason(stopReason));
        end.set("response", answer.end(said.toString(), calls, stopReason, last.usage()));
        return List.of(end);
      }
      default -> {
        // A model's thinking has no place in this body.
      }
    }
    return List.of();
  }

  private void endCall() {
    if (tool != null) {
      calls.add(CommandAnswer.call(tool, parameters()));
      tool = null;
      input.setLength(0);
    }
  }

  private ObjectNode parameters() {
    try {
      return input.isEmpty()
          ? Body.JSON.createObjectNode()
          : Body.parse(SdkBytes.fromUtf8String(input.toString())).json();
    } catch (ValidationException e) {
      throw ModelErrorException.builder()
          .message("The model called the tool " + tool + " with what is no JSON object.")
          .cause(e)
          .build();
    }
  }

  private List<ObjectNode> toolCalls() {
    if (calls.isEmpty()) {
      return List.of();
    }
    ObjectNode chunk = chunk("tool-calls-generation", false);
    chunk.set("tool_calls", calls.deepCopy());
    return List.of(chunk);
  }

  private static ObjectNode chunk(String type, boolean finished) {
    return Body.JSON.createObjectNode().put("is_finished", finished).put("event_type", type);
  }
}
