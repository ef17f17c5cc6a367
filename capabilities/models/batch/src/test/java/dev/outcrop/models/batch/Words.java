package dev.outcrop.models.batch;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.wire.EventSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Says back what it is told, a word a token: {@code refuse …} is refused, {@code busy …} throttled
 * twice.
 */
final class Words implements Provider {
  final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /** What happens before an answer; it may wait. */
  volatile Consumer<String> before = text -> {};

  @Override
  public String name() {
    return "words";
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new Echo();
  }

  /** A picture of three bytes that begin as a PNG's do not. */
  @Override
  public ImageModel image(ModelEntry entry) {
    return request -> new ImageModel.Answer(List.of(Pictures.PNG), List.of());
  }

  @Override
  public void close() {}

  private final class Echo implements ChatModel {
    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      String text = request.messages().getLast().content().getFirst().text();
      int before = asked.merge(text, 1, Integer::sum);
      Words.this.before.accept(text);
      if (text.startsWith("refuse")) {
        throw ValidationException.builder().message("I will not say that.").build();
      }
      if (text.startsWith("busy") && before <= 2) {
        throw ThrottlingException.builder().message("busy").build();
      }
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      events.send(
          ConverseStreamOutput.contentBlockDeltaBuilder()
              .contentBlockIndex(0)
              .delta(ContentBlockDelta.fromText("said " + text))
              .build());
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
      events.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
      int words = text.split(" ", -1).length;
      events.send(
          ConverseStreamOutput.metadataBuilder()
              .usage(
                  TokenUsage.builder()
                      .inputTokens(words)
                      .outputTokens(words + 1)
                      .totalTokens(2 * words + 1)
                      .build())
              .metrics(metrics -> metrics.latencyMs(1L))
              .build());
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      converse(request, events);
    }

    @Override
    public int countTokens(ConverseTokensRequest request) {
      return 1;
    }
  }
}
