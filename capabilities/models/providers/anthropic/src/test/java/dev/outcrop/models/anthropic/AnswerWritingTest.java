package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeBodies;
import dev.outcrop.models.NativeBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CacheDetail;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** Answers as Anthropic's message and events: the fields of real Bedrock's recordings. */
class AnswerWritingTest {

  private static final String ASK =
      """
      {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 50, "stop_sequences": ["STOP"],
       "messages": [{"role": "user", "content": "Hi"}]}
      """;

  private static ConverseResponse response(String stop, ContentBlock... content) {
    return ConverseResponse.builder()
        .output(o -> o.message(m -> m.role("assistant").content(content)))
        .stopReason(stop)
        .usage(
            u ->
                u.inputTokens(3)
                    .outputTokens(2851)
                    .totalTokens(12365)
                    .cacheReadInputTokens(9511)
                    .cacheWriteInputTokens(700)
                    .cacheDetails(CacheDetail.builder().ttl("1h").inputTokens(200).build()))
        .build();
  }

  @Test
  void aMessageHasTheFieldsOfARecordedOne() {
    JsonNode answer =
        Calls.body(Calls.CLAUDE, ASK).answer(response("end_turn", ContentBlock.fromText("Hello")));

    assertThat(answer.path("id").textValue()).matches("msg_bdrk_01[A-Za-z0-9]{22}");
    ((ObjectNode) answer).remove("id");
    assertThat(answer)
        .isEqualTo(
            Calls.json(
                """
                {'model': 'claude-sonnet-4-20250514', 'type': 'message', 'role': 'assistant',
                 'content': [{'type': 'text', 'text': 'Hello'}],
                 'stop_reason': 'end_turn', 'stop_sequence': null,
                 'usage': {'input_tokens': 3, 'cache_creation_input_tokens': 700,
                   'cache_read_input_tokens': 9511,
                   'cache_creation': {'ephemeral_5m_input_tokens': 500, 'ephemeral_1h_input_tokens': 200},
                   'output_tokens': 2851}}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, end_turn",
    "tool_use, tool_use",
    "max_tokens, max_tokens",
    "stop_sequence, stop_sequence",
    "content_filtered, refusal",
    "pause_turn, pause_turn",
    "model_context_window_exceeded, model_context_window_exceeded"
  })
  void stopReasons(String converse, String anthropic) {
    JsonNode answer =
        Calls.body(Calls.CLAUDE, ASK).answer(response(converse, ContentBlock.fromText("x")));

    assertThat(answer.path("stop_reason").textValue()).isEqualTo(anthropic);
    assertThat(answer.path("stop_sequence").isTextual())
        .isEqualTo(anthropic.equals("stop_sequence"));
  }

  @Test
  void whichOfSeveralStopSequencesTheProviderTells() {
    NativeBody.Chat body =
        Calls.body(Calls.CLAUDE, ASK.replace("[\"STOP\"]", "[\"STOP\", \"HALT\"]"));
    assertThat(body.request().additionalModelResponseFieldPaths()).contains("/stop_sequence");

    JsonNode answer =
        body.answer(
            response("stop_sequence", ContentBlock.fromText("x")).toBuilder()
                .additionalModelResponseFields(
                    JsonDocuments.of(Calls.json("{'stop_sequence': 'HALT'}")))
                .build());

    assertThat(answer.path("stop_sequence").textValue()).isEqualTo("HALT");
  }

  @Test
  void aStreamOfEveryKindOfBlock() {
    NativeBody.Chunks chunks = Calls.body(Calls.CLAUDE, ASK).chunks();
    List<JsonNode> all = new ArrayList<>();
    for (ConverseStreamOutput event : stream()) {
      all.addAll(chunks.of(event));
    }
    ((ObjectNode) all.getFirst().path("message")).remove("id");

    assertThat(all.stream().map(JsonNode::toString))
        .containsExactlyElementsOf(
            Calls.resource("written-stream.jsonl")
                .lines()
                .map(Calls::json)
                .map(JsonNode::toString)
                .toList());
  }

  private static List<ConverseStreamOutput> stream() {
    return List.of(
        ConverseStreamOutput.messageStartBuilder().role("assistant").build(),
        delta(0, d -> d.reasoningContent(r -> r.text("Let me "))),
        delta(0, d -> d.reasoningContent(r -> r.text("see."))),
        delta(0, d -> d.reasoningContent(r -> r.signature("c2ln"))),
        stop(0),
        delta(1, d -> d.reasoningContent(r -> r.redactedContent(SdkBytes.fromUtf8String("Eqk")))),
        stop(1),
        delta(2, d -> d.text("It ")),
        delta(2, d -> d.text("rains.")),
        delta(
            2,
            d ->
                d.citation(
                    c ->
                        c.title("Notes")
                            .sourceContent(s -> s.text("rain"))
                            .location(
                                l -> l.documentChar(x -> x.documentIndex(0).start(1).end(5))))),
        stop(2),
        ConverseStreamOutput.contentBlockStartBuilder()
            .contentBlockIndex(3)
            .start(s -> s.toolUse(t -> t.toolUseId("toolu_1").name("weather")))
            .build(),
        delta(3, d -> d.toolUse(t -> t.input("{\"place\":"))),
        delta(3, d -> d.toolUse(t -> t.input("\"Oslo\"}"))),
        stop(3),
        ConverseStreamOutput.messageStopBuilder().stopReason("tool_use").build(),
        ConverseStreamOutput.metadataBuilder()
            .usage(u -> u.inputTokens(7).outputTokens(9).totalTokens(16))
            .metrics(m -> m.latencyMs(5L))
            .build());
  }

  private static ConverseStreamOutput delta(
      int index,
      java.util.function.Consumer<
              software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta.Builder>
          fill) {
    return ConverseStreamOutput.contentBlockDeltaBuilder()
        .contentBlockIndex(index)
        .delta(fill)
        .build();
  }

  private static ConverseStreamOutput stop(int index) {
    return ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(index).build();
  }

  @Test
  void textCompletions() {
    NativeBody.Chat body =
        Calls.body(
            "anthropic.claude-v2:1",
            """
            {"prompt": "Be brief.\\n\\nHuman: Hi\\n\\nAssistant: Hello.\\n\\nHuman: More\\n\\nAssistant: Well, ",
             "max_tokens_to_sample": 9, "top_k": 5, "stop_sequences": ["\\n\\nHuman:"]}
            """);

    assertThat(body.raw()).isFalse();
    assertThat(body.request().system().getFirst().text()).isEqualTo("Be brief.");
    assertThat(
            body.request().messages().stream()
                .map(m -> m.roleAsString() + ":" + m.content().getFirst().text()))
        .containsExactly("user:Hi", "assistant:Hello.", "user:More", "assistant:Well,");
    assertThat(body.request().inferenceConfig().stopSequences()).isEmpty();
    assertThat(body.answer(response("end_turn", ContentBlock.fromText("so be it."))))
        .isEqualTo(
            Calls.json(
                "{'type': 'completion', 'completion': 'so be it.', 'stop_reason': 'stop_sequence',"
                    + " 'stop': '\\n\\nHuman:'}"));
    List<JsonNode> chunks = new ArrayList<>();
    NativeBody.Chunks writer = body.chunks();
    stream().forEach(event -> chunks.addAll(writer.of(event)));
    assertThat(
            chunks.stream()
                .map(c -> c.path("completion").asText() + "|" + c.path("stop_reason").asText()))
        .containsExactly("It |null", "rains.|null", "|stop_sequence");
  }

  @Test
  void familiesAreToldApart() {
    assertThat(read("local.model", ASK)).isPresent();
    assertThat(read("local.model", "{\"inputText\": \"x\"}")).isEmpty();
    assertThat(read("amazon.titan-text-express-v1", ASK)).isEmpty();
  }

  private static java.util.Optional<NativeBody> read(String id, String body) {
    ModelEntry entry = Calls.entry(id, Map.of());
    return new AnthropicBodies()
        .read(new NativeBodies.Asked(id, entry, SdkBytes.fromUtf8String(body), false));
  }
}
