package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Message;
import dev.outcrop.wire.EventSink;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Turns what the engine says into Converse events, as it comes. */
final class Answer implements CallReader.Parts {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final EventSink<ConverseStreamOutput> events;
  private final long start;
  private final Prompt prompt;
  private final CallReader reader;
  private Message.Started started;
  private int block;
  private boolean open;
  private boolean calling;
  private boolean called;

  /**
   * @param dialect how tools are called; null when there are none
   * @param start {@link System#nanoTime} when the request came, for the latency metric
   */
  Answer(EventSink<ConverseStreamOutput> events, Prompt prompt, Dialect dialect, long start) {
    this.events = events;
    this.prompt = prompt;
    this.reader = new CallReader(dialect, this);
    this.start = start;
  }

  void send(Call call) throws InterruptedException {
    while (true) {
      switch (call.next()) {
        case Message.Started message -> start(message);
        case Message.Text more -> reader.add(more.text());
        case Message.Done done -> {
          finish(done);
          return;
        }
        case Message.Failed failed -> throw failure(failed);
        case Message other -> throw failure(other);
      }
    }
  }

  private void start(Message.Started message) {
    started = message;
    events.send(
        ConverseStreamOutput.messageStartBuilder().role(ConversationRole.ASSISTANT).build());
  }

  @Override
  public void text(String more) {
    open = true;
    delta(d -> d.text(more));
  }

  @Override
  public void call(String name) {
    closeBlock();
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    String id = "tooluse_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    events.send(
        ConverseStreamOutput.contentBlockStartBuilder()
            .contentBlockIndex(block)
            .start(s -> s.toolUse(t -> t.toolUseId(id).name(name)))
            .build());
    open = true;
    calling = true;
  }

  @Override
  public void input(String more) {
    delta(d -> d.toolUse(t -> t.input(more)));
  }

  @Override
  public void endCall() {
    closeBlock();
    calling = false;
    called = true;
  }

  private void delta(Consumer<ContentBlockDelta.Builder> delta) {
    events.send(
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(block)
            .delta(delta)
            .build());
  }

  private void closeBlock() {
    if (open) {
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(block).build());
      block++;
      open = false;
    }
  }

  private void finish(Message.Done done) {
    reader.end();
    closeBlock();
    boolean tools = called && !calling && done.stop() == Message.Stop.END_OF_TURN;
    StopReason reason = tools ? StopReason.TOOL_USE : reason(done);
    events.send(ConverseStreamOutput.messageStopBuilder().stopReason(reason).build());
    long millis = (System.nanoTime() - start) / 1_000_000;
    events.send(
        ConverseStreamOutput.metadataBuilder()
            .usage(usage(done.outputTokens()))
            .metrics(m -> m.latencyMs(millis))
            .build());
  }

  /** With cache points, what was reused and what is kept now is counted apart. */
  private TokenUsage usage(int output) {
    int all = started.inputTokens();
    TokenUsage.Builder usage =
        TokenUsage.builder().outputTokens(output).totalTokens(all + output).inputTokens(all);
    if (prompt.mark() > 0) {
      int read = Math.min(started.reused(), started.marked());
      usage
          .inputTokens(all - started.marked())
          .cacheReadInputTokens(read)
          .cacheWriteInputTokens(started.marked() - read);
    }
    return usage.build();
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
