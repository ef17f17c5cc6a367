package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

@Timeout(60)
final class CachePointsTest extends LlamaTest {
  private static final CachePointBlock POINT = CachePointBlock.builder().type("default").build();
  private static final String LONG = "the rules of the house are many ".repeat(20);

  @Test
  void countsWhatWasReadAndWhatIsKept() {
    LlamaChatModel model = model();

    TokenUsage first = usage(model, system("one", LONG));
    TokenUsage second = usage(model, system("two", LONG));
    TokenUsage changed = usage(model, system("two", LONG + "and more"));

    int prefix = LONG.length() + 1; // The tiny model has a token for a character and for a role.
    assertThat(first.cacheReadInputTokens()).isZero();
    assertThat(first.cacheWriteInputTokens()).isEqualTo(prefix);
    assertThat(second.cacheReadInputTokens()).isEqualTo(prefix);
    assertThat(second.cacheWriteInputTokens()).isZero();
    assertThat(changed.cacheReadInputTokens()).isEqualTo(prefix);
    assertThat(changed.cacheWriteInputTokens()).isEqualTo("and more".length());
    for (TokenUsage usage : new TokenUsage[] {first, second, changed}) {
      assertThat(
              usage.inputTokens()
                  + usage.cacheReadInputTokens()
                  + usage.cacheWriteInputTokens()
                  + usage.outputTokens())
          .isEqualTo(usage.totalTokens());
    }
  }

  @Test
  void theLastPointCounts() {
    LlamaChatModel model = model();
    ConverseStreamRequest request =
        system("ignored", LONG).toBuilder()
            .messages(
                Message.builder()
                    .role("user")
                    .content(
                        ContentBlock.fromText("a first part"),
                        ContentBlock.fromCachePoint(POINT),
                        ContentBlock.fromText("and the rest"))
                    .build())
            .build();

    TokenUsage usage = usage(model, request);

    assertThat(usage.cacheReadInputTokens() + usage.cacheWriteInputTokens())
        .isEqualTo(LONG.length() + 1 + "</s>".length() - 3 + 1 + "a first part".length());
    assertThat(usage.inputTokens()).isEqualTo("\nand the rest".length() + 2);
  }

  @Test
  void whatIsNotKeptIsNotWritten() {
    TokenUsage usage = usage(model("prefixes", "0"), system("one", LONG));

    assertThat(usage.cacheReadInputTokens()).isZero();
    assertThat(usage.cacheWriteInputTokens()).isZero();
  }

  @Test
  void documentsAreReadAsText() {
    LlamaChatModel model = model();
    int without = usage(model, ask("sum up", 1)).inputTokens();
    TokenUsage usage = usage(model, document("md", "# Title"));

    assertThat(usage.inputTokens()).isGreaterThan(without + "# Title".length());
    assertThatThrownBy(() -> answer(model, document("pdf", "x")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("doesn't support the pdf document format");
  }

  private static ConverseStreamRequest document(String format, String text) {
    return ask("sum up", 1).toBuilder()
        .messages(
            Message.builder()
                .role("user")
                .content(
                    ContentBlock.fromDocument(
                        d ->
                            d.name("paper")
                                .format(format)
                                .source(s -> s.bytes(SdkBytes.fromUtf8String(text)))),
                    ContentBlock.fromText("sum up"))
                .build())
        .build();
  }

  private static ConverseStreamRequest system(String question, String system) {
    return ask(question, 3).toBuilder()
        .system(SystemContentBlock.fromText(system), SystemContentBlock.fromCachePoint(POINT))
        .build();
  }

  private static TokenUsage usage(LlamaChatModel model, ConverseStreamRequest request) {
    return answer(model, request).metadata().usage();
  }
}
