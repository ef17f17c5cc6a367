package dev.outcrop.benchmarks;

import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;

/** A capability that does nothing but answer with what it was sent: all the rest is the wire. */
public final class Echo {
  /** Events of a stream. */
  static final int EVENTS = 8;

  static final String JSON =
      """
      {"messages":[{"role":"user","content":[{"text":"%s"}]}],\
      "system":[{"text":"Answer in one sentence."}],\
      "inferenceConfig":{"maxTokens":256,"temperature":0.2,"topP":0.9,"stopSequences":["END"]}}"""
          .formatted("How many roads must a man walk down before you call him a man? ".repeat(6));

  /** Answers with the text it was sent. */
  public ConverseResponse converse(ConverseRequest request) {
    String text = request.messages().getLast().content().getFirst().text();
    return ConverseResponse.builder()
        .output(
            o ->
                o.message(
                    m -> m.role(ConversationRole.ASSISTANT).content(ContentBlock.fromText(text))))
        .stopReason(StopReason.END_TURN)
        .usage(u -> u.inputTokens(96).outputTokens(96).totalTokens(192))
        .metrics(m -> m.latencyMs(1L))
        .build();
  }

  /** Sends the text it was sent, event by event. */
  public void converseStream(
      ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    String text = request.messages().getLast().content().getFirst().text();
    for (int i = 0; i < EVENTS; i++) {
      events.send(
          ConverseStreamOutput.contentBlockDeltaBuilder()
              .contentBlockIndex(0)
              .delta(d -> d.text(text))
              .build());
    }
  }
}
