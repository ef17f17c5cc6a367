package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

final class AnswerTest extends LlamaTest {
  private static final SystemContentBlock SYSTEM = SystemContentBlock.fromText("be brief");

  @Test
  void sendsTheEventsOfAnAnswerInOrderWithTrueUsage() {
    Told told = answer(model(), ask("hello", 12));

    assertThat(told.events.getFirst()).isInstanceOf(MessageStartEvent.class);
    int last = told.events.size() - 1;
    assertThat(told.events.subList(1, last - 2)).allMatch(ContentBlockDeltaEvent.class::isInstance);
    assertThat(told.events.get(last - 2)).isInstanceOf(ContentBlockStopEvent.class);
    assertThat(told.events.get(last - 1)).isInstanceOf(MessageStopEvent.class);
    assertThat(told.events.get(last)).isInstanceOf(ConverseStreamMetadataEvent.class);
    assertThat(told.text()).hasSize(12);
    assertThat(told.stop().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    // <|user|> hello </s> <|assistant|>
    assertThat(told.metadata().usage().inputTokens()).isEqualTo(8);
    assertThat(told.metadata().usage().outputTokens()).isEqualTo(12);
    assertThat(told.metadata().usage().totalTokens()).isEqualTo(20);
    assertThat(told.metadata().metrics().latencyMs()).isNotNegative();
  }

  @Test
  void countsTheTokensThatAnAnswerReports() {
    LlamaChatModel model = model();
    var count = ConverseTokensRequest.builder().system(SYSTEM).messages(user("größer 🙂")).build();
    var request = ask("größer 🙂", 1).toBuilder().system(SYSTEM).build();

    assertThat(model.countTokens(count))
        .isEqualTo(answer(model, request).metadata().usage().inputTokens());
  }

  @Test
  void endsTheTurnAtTheEndToken() throws IOException {
    String text = answer(model(), ask("hello", 30)).text();
    char end = text.chars().mapToObj(c -> (char) c).filter(c -> c != ' ').skip(9).findFirst().get();
    Path other = folder.resolve("end.gguf");
    TinyModel.write(other, 7, "" + end, false, 2048, TinyModel.TEMPLATE);

    Told told = answer(provider.chat(entry(other)), ask("hello", 30));

    assertThat(told.stop().stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(told.text()).isEqualTo(text.substring(0, text.indexOf(end)));
    assertThat(told.metadata().usage().outputTokens()).isEqualTo(text.indexOf(end) + 1);
  }

  @Test
  void stopsAtAStopSequenceAcrossTokensAndShowsNothingOfIt() {
    LlamaChatModel model = model();
    String text = answer(model, ask("hello", 40)).text();
    String stop = text.substring(20, 24);

    Told told =
        answer(model, ask("hello", c -> c.maxTokens(40).temperature(0f).stopSequences("no", stop)));

    assertThat(told.text()).isEqualTo(text.substring(0, text.indexOf(stop)));
    assertThat(told.stop().stopReason()).isEqualTo(StopReason.STOP_SEQUENCE);
  }

  @Test
  void showsWholeCharactersOnly() throws IOException {
    Path other = folder.resolve("bytes.gguf");
    TinyModel.write(other, 3, null, true, 2048, TinyModel.TEMPLATE);

    Told told =
        answer(
            provider.chat(entry(other)),
            ask("hello", c -> c.maxTokens(300).temperature(1f).topP(1f)));

    assertThat(told.pieces())
        .allSatisfy(p -> assertThat(Character.isLowSurrogate(p.charAt(0))).isFalse())
        .allSatisfy(p -> assertThat(Character.isHighSurrogate(p.charAt(p.length() - 1))).isFalse());
  }

  @Test
  void choosesTheSameTokensWithTheSameSeed() {
    LlamaChatModel model = model();

    String first = answer(model, seeded(5)).text();

    assertThat(answer(model, seeded(5)).text()).isEqualTo(first);
    assertThat(answer(model, seeded(6)).text()).isNotEqualTo(first);
  }

  private static ConverseStreamRequest seeded(int seed) {
    return ask("hello", c -> c.maxTokens(40).temperature(1f).topP(1f)).toBuilder()
        .additionalModelRequestFields(
            Document.fromMap(
                Map.of("seed", Document.fromNumber(seed), "top_k", Document.fromNumber(20))))
        .build();
  }

  @Test
  void takesTheLikeliestTokenWhenOneIsLeft() {
    LlamaChatModel model = model();
    String greedy = answer(model, ask("hello", 30)).text();

    var one =
        ask("hello", c -> c.maxTokens(30).temperature(1f)).toBuilder()
            .additionalModelRequestFields(Document.fromMap(Map.of("top_k", Document.fromNumber(1))))
            .build();

    assertThat(answer(model, one).text()).isEqualTo(greedy);
    assertThat(answer(model, ask("hello", c -> c.maxTokens(30).temperature(1f).topP(0f))).text())
        .isEqualTo(greedy);
  }

  @Test
  void completesARawPromptWithoutTheTemplate() {
    Told told = new Told();
    model().complete(ask("hello", 5), told);

    // The tokenizer's own begin token and five characters.
    assertThat(told.metadata().usage().inputTokens()).isEqualTo(6);
  }

  @Test
  void refusesInputThatIsTooLong() {
    assertThatThrownBy(() -> answer(model("contextLength", "256"), ask("x".repeat(300), 5)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Input is too long for requested model.");
  }

  @Test
  void endsWhenTheContextIsFull() {
    Told told = answer(model("contextLength", "256"), ask("x".repeat(200), 1000));

    assertThat(told.stop().stopReason()).isEqualTo(StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED);
    assertThat(told.metadata().usage().totalTokens()).isEqualTo(256);
  }
}
