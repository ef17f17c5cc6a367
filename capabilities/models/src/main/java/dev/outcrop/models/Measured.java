package dev.outcrop.models;

import dev.outcrop.models.calls.Usage;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** Notes of a chat model's events what those who watch the call want to know. */
record Measured(Call call, EventSink<ConverseStreamOutput> next)
    implements EventSink<ConverseStreamOutput> {

  @Override
  public void respond(SdkResponse initial) {
    next.respond(initial);
  }

  @Override
  public void send(ConverseStreamOutput event) {
    switch (event) {
      case ContentBlockDeltaEvent delta -> call.piece(length(delta.delta()));
      case MessageStartEvent _ -> call.begun();
      case MessageStopEvent stop -> call.stopReason(stop.stopReasonAsString());
      case ConverseStreamMetadataEvent metadata -> call.usage(usage(metadata.usage()));
      default -> {
        // Says nothing of what the call costs.
      }
    }
    next.send(event);
  }

  private static int length(ContentBlockDelta delta) {
    if (delta.text() != null) {
      return delta.text().length();
    }
    if (delta.toolUse() != null && delta.toolUse().input() != null) {
      return delta.toolUse().input().length();
    }
    if (delta.reasoningContent() != null && delta.reasoningContent().text() != null) {
      return delta.reasoningContent().text().length();
    }
    return 0;
  }

  static Usage usage(TokenUsage usage) {
    return usage == null
        ? Usage.NONE
        : new Usage(
            count(usage.inputTokens()),
            count(usage.outputTokens()),
            count(usage.cacheReadInputTokens()),
            count(usage.cacheWriteInputTokens()),
            0);
  }

  private static int count(Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
