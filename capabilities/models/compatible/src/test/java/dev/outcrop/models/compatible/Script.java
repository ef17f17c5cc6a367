package dev.outcrop.models.compatible;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.LetterCounts;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlockDelta;

/**
 * A model that does what the last message says, word by word: {@code call} calls the tool {@code
 * weather}, {@code think} thinks first, {@code cut} ends for want of tokens, {@code break} fails
 * after a word, {@code throttle}, {@code down}, {@code refuse} and {@code unable} before, {@code
 * wait} goes on only when the client leaves; anything else, and a tool's result, is said back.
 */
final class Script implements Provider {

  /** What the model was asked, in order. */
  final List<ConverseStreamRequest> asked = new ArrayList<>();

  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch left = new CountDownLatch(1);

  ConverseStreamRequest lastAsked() {
    synchronized (asked) {
      return asked.getLast();
    }
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new Chat();
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return new LetterCounts();
  }

  @Override
  public void close() {}

  private final class Chat implements ChatModel {

    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      synchronized (asked) {
        asked.add(request);
      }
      ContentBlock last = request.messages().getLast().content().getLast();
      String script =
          last.toolResult() == null ? last.text() : last.toolResult().content().getFirst().text();
      switch (script) {
        case "throttle" -> throw ThrottlingException.builder().message("slow down").build();
        case "down" -> throw ServiceUnavailableException.builder().message("all down").build();
        case "unable" ->
            throw RuntimeErrors.invalid(
                "This model doesn't support the additionalModelRequestFields.verbosity field."
                    + " Remove verbosity and try again.");
        case "refuse" -> throw RuntimeErrors.invalid("the script says to refuse");
        default -> play(script, events);
      }
    }

    private void play(String script, EventSink<ConverseStreamOutput> events) {
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      String stop = "end_turn";
      switch (script) {
        case "call" -> {
          say(events, 0, "Let me see.");
          call(events);
          stop = "tool_use";
        }
        case "think" -> {
          think(events);
          say(events, 1, "Forty-two.");
        }
        case "cut" -> {
          say(events, 0, "Once upon");
          stop = "max_tokens";
        }
        case "break" -> {
          delta(events, 0, ContentBlockDelta.fromText("Well"));
          throw ModelErrorException.builder().message("the script breaks off").build();
        }
        case "wait" -> {
          delta(events, 0, ContentBlockDelta.fromText("Well"));
          await();
        }
        default -> say(events, 0, script);
      }
      end(events, stop);
    }

    private void await() {
      waiting.countDown();
      try {
        new CountDownLatch(1).await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        left.countDown();
        Thread.currentThread().interrupt();
        throw ModelErrorException.builder().message("interrupted").cause(e).build();
      }
    }

    private static void say(EventSink<ConverseStreamOutput> events, int block, String text) {
      for (String word : text.split("(?<= )")) {
        delta(events, block, ContentBlockDelta.fromText(word));
      }
      stop(events, block);
    }

    private static void think(EventSink<ConverseStreamOutput> events) {
      delta(events, 0, thought(r -> r.text("Six times seven.")));
      delta(events, 0, thought(r -> r.signature("signed")));
      stop(events, 0);
    }

    private static ContentBlockDelta thought(Consumer<ReasoningContentBlockDelta.Builder> part) {
      return ContentBlockDelta.fromReasoningContent(
          ReasoningContentBlockDelta.builder().applyMutation(part).build());
    }

    private static void call(EventSink<ConverseStreamOutput> events) {
      events.send(
          ConverseStreamOutput.contentBlockStartBuilder()
              .contentBlockIndex(1)
              .start(ContentBlockStart.fromToolUse(t -> t.toolUseId("call_1").name("weather")))
              .build());
      for (String piece : List.of("{\"city\":", " \"Bern\"}")) {
        delta(
            events,
            1,
            ContentBlockDelta.fromToolUse(ToolUseBlockDelta.builder().input(piece).build()));
      }
      stop(events, 1);
    }

    private static void delta(
        EventSink<ConverseStreamOutput> events, int block, ContentBlockDelta delta) {
      events.send(
          ConverseStreamOutput.contentBlockDeltaBuilder()
              .contentBlockIndex(block)
              .delta(delta)
              .build());
    }

    private static void stop(EventSink<ConverseStreamOutput> events, int block) {
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(block).build());
    }

    private static void end(EventSink<ConverseStreamOutput> events, String reason) {
      events.send(ConverseStreamOutput.messageStopBuilder().stopReason(reason).build());
      events.send(
          ConverseStreamOutput.metadataBuilder()
              .usage(u -> u.inputTokens(7).outputTokens(3).totalTokens(14).cacheReadInputTokens(4))
              .metrics(m -> m.latencyMs(1L))
              .build());
    }

    @Override
    public int countTokens(ConverseTokensRequest request) {
      return 1;
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      throw new UnsupportedOperationException();
    }
  }
}
