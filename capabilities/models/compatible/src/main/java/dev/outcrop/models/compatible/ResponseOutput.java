package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;

/**
 * The output items of an answer, put together from the pieces that the model writes; every step is
 * told as the event that the Responses API has for it.
 */
final class ResponseOutput {

  private final BiConsumer<String, ObjectNode> events;
  private final ArrayNode items = Json.array();
  private OpenItem open;

  /**
   * @param events takes each event's type and fields
   */
  ResponseOutput(BiConsumer<String, ObjectNode> events) {
    this.events = events;
  }

  /** All items, after the last is closed. */
  ArrayNode items() {
    close();
    return items;
  }

  void call(String callId, String name) {
    open(new OpenItem(OpenItem.Kind.CALL, callId, name));
  }

  void piece(ContentBlockDelta delta) {
    if (delta.text() != null) {
      opened(OpenItem.Kind.MESSAGE).piece(delta.text());
    } else if (delta.toolUse() != null && delta.toolUse().input() != null) {
      opened(OpenItem.Kind.CALL).piece(delta.toolUse().input());
    } else if (delta.reasoningContent() != null) {
      if (delta.reasoningContent().text() != null) {
        opened(OpenItem.Kind.REASONING).piece(delta.reasoningContent().text());
      } else if (delta.reasoningContent().signature() != null) {
        opened(OpenItem.Kind.REASONING).signed(delta.reasoningContent().signature());
      }
    } // A citation has no place here.
  }

  void block(ContentBlock block, String arguments) {
    if (block.text() != null) {
      opened(OpenItem.Kind.MESSAGE).piece(block.text());
    } else if (block.citationsContent() != null) {
      for (CitationGeneratedContent part : block.citationsContent().content()) {
        opened(OpenItem.Kind.MESSAGE).piece(part.text());
      }
    } else if (block.toolUse() != null) {
      call(block.toolUse().toolUseId(), block.toolUse().name());
      open.piece(arguments);
    } else if (block.reasoningContent() != null) {
      reasoning(block.reasoningContent());
    }
    close();
  }

  private void reasoning(ReasoningContentBlock block) {
    if (block.reasoningText() != null) {
      OpenItem item = opened(OpenItem.Kind.REASONING);
      item.piece(block.reasoningText().text());
      if (block.reasoningText().signature() != null) {
        item.signed(block.reasoningText().signature());
      }
    }
  }

  private OpenItem opened(OpenItem.Kind kind) {
    if (open == null || open.kind() != kind) {
      open(new OpenItem(kind, null, null));
    }
    return open;
  }

  private void open(OpenItem item) {
    close();
    open = item;
    item.begin(events, items.size());
  }

  /** The model goes on to something else. */
  void close() {
    if (open != null) {
      items.add(open.end());
      open = null;
    }
  }
}
