package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Message;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Turns what the engine says into Converse events, as it comes. */
final class Answer {
  private final EventSink<ConverseStreamOutput> events;
  private final long start;
  private int inputTokens;
  private boolean text;

  /**
   * @param start {@link System#nanoTime} when the request came, for the latency metric
   */
  Answer(EventSink<ConverseStreamOutput> events, long start) {
    this.events = events;
    this.start = start;
  }

  void send(Call call) throws InterruptedException {
    while (true) {
      switch (call.next()) {
        case Message.Started started -> start(started);
        case Message.Text more -> delta(more.text());
        case Message.Done done -> {
          finish(done);
          return;
        }
        case Message.Failed failed -> throw failure(failed);
        case Message other -> throw failure(other);
      }
    }
  }

  private void start(Message.Started started) {
    inputTokens = started.inputTokens();
    events.send(
        ConverseStreamOutput.messageStartBuilder().role(ConversationRole.ASSISTANT).build());
  }

  private void delta(String more) {
    text = true;
    events.send(
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(0)
            .delta(d -> d.text(more))
            .build());
  }

  private void finish(Message.Done done) {
    if (text) {
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
    }
    events.send(ConverseStreamOutput.messageStopBuilder().stopReason(reason(done)).build());
    int output = done.outputTokens();
    long millis = (System.nanoTime() - start) / 1_000_000;
    events.send(
        ConverseStreamOutput.metadataBuilder()
            .usage(
                u ->
                    u.inputTokens(inputTokens)
                        .outputTokens(output)
                        .totalTokens(inputTokens + output))
            .metrics(m -> m.latencyMs(millis))
            .build());
  }

  private static StopReason reason(Message.Done done) {
    return switch (done.stop()) {
      case END_OF_TURN -> StopReason.END_TURN;
      case STOP_SEQUENCE -> StopReason.STOP_SEQUENCE;
      case MAX_TOKENS -> StopReason.MAX_TOKENS;
      case CONTEXT_FULL -> StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED;
    };
  }

  static RuntimeException failure(Message.Failed failed) {
    return failed.tooLong() ? tooLong() : error(failed.reason());
  }

  static RuntimeException failure(Message other) {
    return error(other instanceof Message.Refused(String reason) ? reason : "unexpected: " + other);
  }

  static ValidationException tooLong() {
    return Refusals.invalid("Input is too long for requested model.");
  }

  private static ModelErrorException error(String reason) {
    return ModelErrorException.builder()
        .message("The model failed: " + reason)
        .originalStatusCode(500)
        .build();
  }
}
