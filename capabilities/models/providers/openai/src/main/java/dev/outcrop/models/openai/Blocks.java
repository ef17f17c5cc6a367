package dev.outcrop.models.openai;

import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** Sends content as Converse's blocks, one after the other. */
final class Blocks {

  private enum Kind {
    NONE,
    TEXT,
    REASONING,
    TOOL
  }

  private final EventSink<ConverseStreamOutput> events;
  private Kind open = Kind.NONE;
  private int index;
  private boolean begun;

  Blocks(EventSink<ConverseStreamOutput> events) {
    this.events = events;
  }

  /** Whether anything was sent. */
  boolean begun() {
    return begun;
  }

  /** Sends the start of the message, the first time. */
  void begin() {
    if (!begun) {
      begun = true;
      events.send(
          ConverseStreamOutput.messageStartBuilder().role(ConversationRole.ASSISTANT).build());
    }
  }

  void text(String text) {
    open(Kind.TEXT);
    delta(ContentBlockDelta.fromText(text));
  }

  void reasoning(String text) {
    open(Kind.REASONING);
    delta(ContentBlockDelta.builder().reasoningContent(r -> r.text(text)).build());
  }

  void tool(String id, String name) {
    close();
    begin();
    open = Kind.TOOL;
    events.send(
        ConverseStreamOutput.contentBlockStartBuilder()
            .contentBlockIndex(index)
            .start(ContentBlockStart.fromToolUse(use -> use.toolUseId(id).name(name)))
            .build());
  }

  void toolInput(String json) {
    delta(ContentBlockDelta.builder().toolUse(use -> use.input(json)).build());
  }

  private void open(Kind kind) {
    if (open != kind) {
      close();
      begin();
      open = kind;
    }
  }

  private void delta(ContentBlockDelta delta) {
    events.send(
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(index)
            .delta(delta)
            .build());
  }

  /** Ends the open block, if any. */
  void close() {
    if (open != Kind.NONE) {
      open = Kind.NONE;
      events.send(
          ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(index++).build());
    }
  }
}
