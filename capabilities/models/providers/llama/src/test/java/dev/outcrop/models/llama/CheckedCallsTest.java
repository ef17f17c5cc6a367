package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;

/** Arguments and answers whose schema no grammar tells in full: written again until valid. */
@Timeout(120)
final class CheckedCallsTest extends LlamaTest {
  private static final String PAIRS =
      """
      {"type":"object","properties":{"pairs":{"type":"array","minItems":2,"maxItems":2,
      "uniqueItems":true,"items":{"type":"object","properties":{"a":{"enum":[1,2]}},
      "required":["a"]}},"note":{"type":"string","maxLength":5}},"required":["pairs","note"]}
      """;

  @BeforeAll
  void widen() throws IOException {
    file = TinyModel.write(folder.resolve("wide.gguf"), 7, null, false, 8192, TinyModel.TEMPLATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PAIRS,
        "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\",\"pattern\":\"^([ab])-\\\\1$\"}},\"required\":[\"x\"]}",
        "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"multipleOf\":25000,\"minimum\":24999,\"maximum\":25001}},\"required\":[\"n\"]}",
        "{\"type\":\"object\",\"properties\":{\"l\":{\"type\":\"array\",\"items\":{\"type\":\"number\",\"minimum\":0,\"maximum\":1},\"uniqueItems\":true,\"maxItems\":3}},\"required\":[\"l\"]}",
      })
  void callsAreValidAndShownWhole(String schema) throws Exception {
    for (int seed = 0; seed < 6; seed++) {
      Told told = answer(model(), ToolCallsTest.any(seed, ToolCallsTest.tool("act", schema)));

      assertThat(told.stopReason()).isEqualTo("tool_use");
      for (ToolCallsTest.Use use : ToolCallsTest.uses(told)) {
        ToolCallsTest.assertValid(schema, use.input.toString());
      }
      assertThat(inputs(told)).isEqualTo(ToolCallsTest.uses(told).size());
    }
  }

  /** The likeliest tokens would be the same each time. */
  @Test
  void aGreedyModelFindsAnother() throws Exception {
    Told told =
        answer(
            model(),
            ToolCallsTest.any(1, ToolCallsTest.tool("act", PAIRS)).toBuilder()
                .inferenceConfig(c -> c.maxTokens(1500).temperature(0f))
                .build());

    ToolCallsTest.assertValid(PAIRS, ToolCallsTest.uses(told).getFirst().input.toString());
    int output = told.metadata().usage().outputTokens();
    assertThat(told.metadata().usage().totalTokens())
        .isEqualTo(told.metadata().usage().inputTokens() + output);
    // Of what was written, only what is in the answer counts.
    assertThat(output).isLessThan(1500);
  }

  /** The same members, but nothing that a grammar could not tell. */
  @Test
  void otherCallsAreShownAsTheyCome() {
    String plain = PAIRS.replace("\"uniqueItems\":true,", "");
    Told told = answer(model(), ToolCallsTest.any(2, ToolCallsTest.tool("act", plain)));

    assertThat(inputs(told)).isGreaterThan(10L * ToolCallsTest.uses(told).size());
  }

  @Test
  void answersAreValid() throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      Told told = answer(model(), output(seed, PAIRS));

      assertThat(told.stopReason()).isEqualTo("end_turn");
      ToolCallsTest.assertValid(PAIRS, told.text());
    }
  }

  @Test
  void whatNeverBecomesValidIsAnError() {
    String never =
        "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\",\"pattern\":\"^(a)(?<!a)b$\"}},\"required\":[\"x\"]}";

    assertThatThrownBy(
            () -> answer(model(), ToolCallsTest.any(1, ToolCallsTest.tool("act", never))))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("input of act 30 times")
        .hasMessageContaining("pattern");
    assertThatThrownBy(() -> answer(model(), output(1, never)))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("its answer 30 times");
  }

  @Test
  void whatIsCutShortIsNoCall() {
    for (int tokens = 20; tokens < 90; tokens += 7) {
      int most = tokens;
      Told told =
          answer(
              model(),
              ToolCallsTest.any(tokens, ToolCallsTest.tool("act", PAIRS)).toBuilder()
                  .inferenceConfig(c -> c.maxTokens(most).temperature(1f))
                  .build());

      assertThat(told.metadata().usage().outputTokens()).isLessThanOrEqualTo(most);
      assertThat(told.stopReason()).isIn("max_tokens", "tool_use");
    }
  }

  private static long inputs(Told told) {
    return told.events.stream()
        .filter(e -> e instanceof ContentBlockDeltaEvent d && d.delta().toolUse() != null)
        .count();
  }

  private static ConverseStreamRequest output(long seed, String schema) {
    return ToolCallsTest.any(seed, ToolCallsTest.tool("unused", "{\"type\":\"object\"}"))
        .toBuilder()
        .toolConfig((software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration) null)
        .outputConfig(
            o ->
                o.textFormat(
                    f ->
                        f.type(OutputFormatType.JSON_SCHEMA)
                            .structure(s -> s.jsonSchema(j -> j.schema(schema)))))
        .build();
  }
}
