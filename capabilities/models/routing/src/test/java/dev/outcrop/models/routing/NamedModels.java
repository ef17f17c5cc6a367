package dev.outcrop.models.routing;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;

/** A provider whose models say their own names. */
record NamedModels(String name) implements Provider {

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new Named(entry.id());
  }

  @Override
  public void close() {}

  private record Named(String id) implements ChatModel {

    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      events.send(
          ConverseStreamOutput.contentBlockDeltaBuilder()
              .contentBlockIndex(0)
              .delta(ContentBlockDelta.fromText(id))
              .build());
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
      events.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
      events.send(
          ConverseStreamOutput.metadataBuilder()
              .usage(u -> u.inputTokens(3).outputTokens(1).totalTokens(4))
              .metrics(m -> m.latencyMs(1L))
              .build());
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      converse(request, events);
    }

    /** As many as the name has letters, so that it shows who counted. */
    @Override
    public int countTokens(ConverseTokensRequest request) {
      return id.length();
    }
  }
}
