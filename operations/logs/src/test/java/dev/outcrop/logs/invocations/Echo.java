package dev.outcrop.logs.invocations;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** A chat model that says back what it is told, as one token; {@code busy} is refused. */
final class Echo implements Provider, ChatModel {
  @Override
  public String name() {
    return "echo";
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return this;
  }

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    String text = request.messages().getLast().content().getFirst().text();
    if (text.equals("busy")) {
      throw ThrottlingException.builder().message("busy").build();
    }
    events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
    events.send(
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(0)
            .delta(ContentBlockDelta.fromText(text))
            .build());
    events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
    events.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
    events.send(
        ConverseStreamOutput.metadataBuilder()
            .usage(
                usage ->
                    usage.inputTokens(7).outputTokens(1).totalTokens(13).cacheReadInputTokens(5))
            .metrics(metrics -> metrics.latencyMs(1L))
            .build());
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    return 7;
  }

  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    converse(request, events);
  }

  @Override
  public void close() {}
}
