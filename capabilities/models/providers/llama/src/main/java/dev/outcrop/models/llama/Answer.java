package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Message;
import dev.outcrop.models.llama.schema.Check;
import dev.outcrop.wire.EventSink;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
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
  private final Checks checks;
  private final CallReader reader;
  private final StringBuilder all = new StringBuilder();
  private Message.Started started;
  private int block;
  private boolean open;
  private boolean calling;
  private boolean called;

  /** What is being written and may have to be written again; null for what may be shown at once. */
  private Held held;

  private Again again;

  /**
   * What to check of an answer.
   *
   * @param dialect how tools are called; null when there are none
   * @param inputs of the tools whose arguments must be checked, by name
   * @param text of the whole answer; null when it may be anything
   */
  record Checks(Dialect dialect, Map<String, Check> inputs, Check text) {
    static final Checks NONE = new Checks(null, Map.of(), null);
  }

  /**
   * That the engine is to go on from a place before the end.
   *
   * @param begun the answer up to there
   * @param tries how often what follows was written
   */
  record Again(String begun, int tries) {
    static final Again FIRST = new Again("", 0);
  }

  /**
   * @param start {@link System#nanoTime} when the request came, for the latency metric
   */
  Answer(EventSink<ConverseStreamOutput> events, Prompt prompt, Checks checks, long start) {
    this.events = events;
    this.prompt = prompt;
    this.checks = checks;
    this.reader = new CallReader(checks.dialect(), this);
    this.start = start;
    this.held = checks.text() == null ? null : new Held(checks.text(), "its answer", 0);
  }

  /**
   * Sends what the engine writes.
   *
   * @return what to write again; null when the answer is complete
   */
  Again send(Call call) throws InterruptedException {
    again = null;
    while (again == null) {
      switch (call.next()) {
        case Message.Started message -> start(message);
        case Message.Text more -> {
          all.append(more.text());
          reader.add(more.text());
        }
        case Message.Done done -> {
          if (!mustCheck(done)) {
            finish(done);
            return null;
          }
        }
        case Message.Failed failed -> throw failure(failed);
        case Message other -> throw failure(other);
      }
    }
    return again;
  }

  /** Whether the text that must follow a schema is complete, but wrong. */
  private boolean mustCheck(Message.Done done) {
    return checks.text() != null && done.stop() == Message.Stop.END_OF_TURN && wrong();
  }

  private boolean wrong() {
    Optional<String> kept = held.keep();
    kept.ifPresent(this::again);
    return kept.isPresent();
  }

  private void again(String kept) {
    all.setLength(held.begin() + kept.length());
    if (checks.text() == null) {
      reader.rewind(held.begin());
      reader.add(kept);
    } else {
      held.add(kept);
    }
    again = new Again(all.toString(), held.tries() - 1);
  }

  private void start(Message.Started message) {
    if (started != null) {
      return;
    }
    started = message;
    events.send(
        ConverseStreamOutput.messageStartBuilder().role(ConversationRole.ASSISTANT).build());
  }

  @Override
  public void text(String more) {
    if (held == null) {
      open = true;
      delta(d -> d.text(more));
    } else {
      held.add(more);
    }
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
    Check check = checks.inputs().get(name);
    held = check == null ? null : new Held(check, "the input of " + name, reader.taken());
  }

  @Override
  public void input(String more) {
    if (held == null) {
      delta(d -> d.toolUse(t -> t.input(more)));
    } else {
      held.add(more);
    }
  }

  @Override
  public boolean endCall() {
    if (held != null && wrong()) {
      return false;
    }
    release();
    closeBlock();
    calling = false;
    called = true;
    return true;
  }

  /** Shows what was held back. */
  private void release() {
    if (held != null) {
      String text = held.text();
      held = null;
      if (calling) {
        input(text);
      } else if (!text.isEmpty()) {
        text(text);
      }
    }
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
    release();
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
