package dev.outcrop.knowledge;

import dev.outcrop.models.ChatModel;
import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;

/** A chat model that says what it is told to, a few letters at a time. */
final class ScriptedChat implements ChatModel {
  final List<ConverseStreamRequest> asked = new ArrayList<>();
  volatile String answer = "";

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    asked.add(request);
    events.send(
        ConverseStreamOutput.messageStartBuilder().role(ConversationRole.ASSISTANT).build());
    for (int i = 0; i < answer.length(); i += 3) {
      String piece = answer.substring(i, Math.min(answer.length(), i + 3));
      events.send(
          ConverseStreamOutput.contentBlockDeltaBuilder()
              .contentBlockIndex(0)
              .delta(ContentBlockDelta.fromText(piece))
              .build());
    }
    events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
    events.send(ConverseStreamOutput.messageStopBuilder().stopReason(StopReason.END_TURN).build());
    events.send(
        ConverseStreamOutput.metadataBuilder()
            .usage(u -> u.inputTokens(1).outputTokens(1).totalTokens(2))
            .metrics(m -> m.latencyMs(1L))
            .build());
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    return 1;
  }

  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    converse(request, events);
  }
}
