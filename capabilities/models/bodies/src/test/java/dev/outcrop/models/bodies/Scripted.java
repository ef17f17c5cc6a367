package dev.outcrop.models.bodies;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import dev.outcrop.models.RerankModel;
import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;

/**
 * A provider of one model of each kind but embedding: a chat model that says back all text it is
 * given, word by word, after whether it came as a raw prompt; images that are one byte; reranking
 * by length.
 */
final class Scripted implements Provider {

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new Echo();
  }

  @Override
  public ImageModel image(ModelEntry entry) {
    return request ->
        new ImageModel.Answer(List.of(request.prompt().substring(0, 1).getBytes()), List.of(7L));
  }

  @Override
  public RerankModel rerank(ModelEntry entry) {
    return (query, documents) ->
        IntStream.range(0, documents.size())
            .mapToObj(i -> new RerankModel.Score(i, documents.get(i).length() / 100.0))
            .sorted((a, b) -> Double.compare(b.score(), a.score()))
            .toList();
  }

  @Override
  public void close() {}

  private static final class Echo implements ChatModel {

    @Override
    public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      say("chat: ", request, events);
    }

    @Override
    public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      say("raw: ", request, events);
    }

    private static void say(
        String how, ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      List<String> words = new ArrayList<>(List.of(how));
      request.messages().stream()
          .flatMap(message -> message.content().stream())
          .map(ContentBlock::text)
          .forEach(text -> words.addAll(List.of(text.split("(?<= )"))));
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      for (String word : words) {
        events.send(
            ConverseStreamOutput.contentBlockDeltaBuilder()
                .contentBlockIndex(0)
                .delta(ContentBlockDelta.fromText(word))
                .build());
      }
      events.send(ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build());
      events.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
      events.send(
          ConverseStreamOutput.metadataBuilder()
              .usage(u -> u.inputTokens(3).outputTokens(words.size()).totalTokens(3 + words.size()))
              .metrics(metrics -> metrics.latencyMs(1L))
              .build());
    }

    @Override
    public int countTokens(ConverseTokensRequest request) {
      return 100
          + (int)
              request.messages().stream()
                  .flatMap(message -> message.content().stream())
                  .filter(block -> block.text() != null)
                  .count();
    }

    @Override
    public int countCompletionTokens(ConverseStreamRequest request) {
      return 200 + request.messages().size();
    }
  }
}
