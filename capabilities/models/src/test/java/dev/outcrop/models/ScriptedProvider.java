package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTierType;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * A provider whose chat model follows the script in the last message: it says it back word by word,
 * with a word as a token, up to {@code maxTokens} or a stop sequence. A deterministic model with
 * every rule of the seam, so that what is around models can be tested without one.
 */
final class ScriptedProvider implements Provider {

  /** What the model was asked, in order. */
  final List<ConverseStreamRequest> asked = new ArrayList<>();

  volatile boolean closed;

  /** What it knows of the longest answer. */
  volatile OptionalLong maxOutput = OptionalLong.empty();

  private final String name;

  ScriptedProvider(String name) {
    this.name = name;
  }

  /** When set, answers wait for it after their first word. */
  volatile CountDownLatch gate;

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new Echo(entry.options().getOrDefault("fails", ""));
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return new LetterCounts();
  }

  @Override
  public ImageModel image(ModelEntry entry) {
    return request ->
        new ImageModel.Answer(Collections.nCopies(request.count(), new byte[] {1}), List.of());
  }

  /** The longest document is best. */
  @Override
  public RerankModel rerank(ModelEntry entry) {
    return (query, documents) ->
        IntStream.range(0, documents.size())
            .mapToObj(i -> new RerankModel.Score(i, documents.get(i).length()))
            .sorted(Comparator.comparing(RerankModel.Score::score).reversed())
            .toList();
  }

  @Override
  public OptionalLong maxOutput(ModelEntry entry) {
    return maxOutput;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Says back what it is told. */
  private final class Echo implements ChatModel {

    /**
     * {@code throttled}: before it begins; {@code broken}: after a word; {@code reader} and {@code
     * tiers}, which is out of priority: never.
     */
    private final String fails;

    Echo(String fails) {
      this.fails = fails;
    }

    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      say(request, words(request.messages()) + 1, events);
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      say(request, words(request.messages()), events);
    }

    @Override
    public boolean knowsTiers() {
      return fails.equals("tiers");
    }

    private static ServiceTier served(ConverseStreamRequest request) {
      ServiceTier asked = request.serviceTier();
      return asked != null && asked.type() == ServiceTierType.PRIORITY
          ? ServiceTier.builder().type("default").build()
          : asked;
    }

    @Override
    public boolean readsDocuments() {
      return fails.equals("reader");
    }

    @Override
    public boolean readsDocuments(String format) {
      return readsDocuments() && !format.equals("docx");
    }

    private void say(
        ConverseStreamRequest request, int inputTokens, EventSink<ConverseStreamOutput> events) {
      synchronized (asked) {
        asked.add(request);
      }
      String script = request.messages().getLast().content().getFirst().text();
      if (script.equals("refuse")) {
        throw RuntimeErrors.invalid("the script says to refuse");
      }
      if (fails.equals("throttled")) {
        throw RuntimeErrors.tooMany();
      }
      if (request.serviceTier() != null) {
        events.respond(
            InvokeModelWithResponseStreamResponse.builder()
                .serviceTier(served(request).typeAsString())
                .build());
      }
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      String stop = "end_turn";
      int said = 0;
      for (String word : script.split("(?<= )")) {
        if (request.inferenceConfig() != null
            && request.inferenceConfig().stopSequences().contains(word.strip())) {
          stop = "stop_sequence";
          break;
        }
        if (request.inferenceConfig() != null
            && request.inferenceConfig().maxTokens() != null
            && said == request.inferenceConfig().maxTokens()) {
          stop = "max_tokens";
          break;
        }
        events.send(
            ConverseStreamOutput.contentBlockDeltaBuilder()
                .contentBlockIndex(0)
                .delta(ContentBlockDelta.fromText(word))
                .build());
        said++;
        if (fails.equals("broken")) {
          throw ModelErrorException.builder().message("the script breaks off").build();
        }
        await();
      }
      String reason = stop;
      int output = said;
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
      events.send(ConverseStreamOutput.messageStopBuilder().stopReason(reason).build());
      events.send(
          ConverseStreamOutput.metadataBuilder()
              .usage(
                  TokenUsage.builder()
                      .inputTokens(inputTokens)
                      .outputTokens(output)
                      .totalTokens(inputTokens + output)
                      .build())
              .metrics(metrics -> metrics.latencyMs(1L))
              .serviceTier(served(request))
              .performanceConfig(request.performanceConfig())
              .build());
    }

    private void await() {
      CountDownLatch latch = gate;
      if (latch != null) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public int countTokens(ConverseTokensRequest request) {
      return words(request.messages()) + 1;
    }

    @Override
    public int countCompletionTokens(ConverseStreamRequest request) {
      return words(request.messages());
    }

    private static int words(List<Message> messages) {
      return messages.stream()
          .flatMap(message -> message.content().stream())
          .map(ContentBlock::text)
          .filter(Objects::nonNull)
          .mapToInt(text -> text.split(" ").length)
          .sum();
    }
  }
}
