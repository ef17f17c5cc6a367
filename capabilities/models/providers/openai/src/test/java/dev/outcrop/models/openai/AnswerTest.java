package dev.outcrop.models.openai;

import static dev.outcrop.models.openai.Fixture.delta;
import static dev.outcrop.models.openai.Fixture.end;
import static dev.outcrop.models.openai.Fixture.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.models.upstream.ScriptedServer.Script;
import dev.outcrop.wire.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** What the client gets for what the server says. */
class AnswerTest {

  private static Events answer(Script script, String... options) {
    try (Fixture fixture = new Fixture(script)) {
      return fixture.ask(fixture.chat(options), request -> {});
    }
  }

  private static String brief(String... chunks) {
    String[] all = java.util.Arrays.copyOf(chunks, chunks.length + 1);
    all[chunks.length] = Fixture.USAGE;
    return answer(saying(all)).brief();
  }

  private static String tool(int index, String id, String name, String arguments) {
    return delta(
        "\"tool_calls\":[{\"index\":%d,%s\"function\":{%s\"arguments\":\"%s\"}}]"
            .formatted(
                index,
                id == null ? "" : "\"id\":\"" + id + "\",\"type\":\"function\",",
                name == null ? "" : "\"name\":\"" + name + "\",",
                arguments.replace("\"", "\\\"")));
  }

  @Test
  void streamsTextAndUsage() {
    Events events =
        answer(
            saying(
                delta("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"),
                delta("\"content\":\"Hel\""),
                delta("\"content\":\"lo\""),
                end("stop"),
                """
                {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":2,"total_tokens":22,\
                "prompt_tokens_details":{"cached_tokens":16}}}"""));
    assertThat(events.brief()).isEqualTo("start 0:Hel 0:lo 0. end_turn");
    assertThat(events.metadata().usage())
        .isEqualTo(
            TokenUsage.builder()
                .inputTokens(4)
                .outputTokens(2)
                .totalTokens(22)
                .cacheReadInputTokens(16)
                .build());
    assertThat(events.metadata().metrics().latencyMs()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "stop, end_turn",
    "length, max_tokens",
    "content_filter, content_filtered",
    "model_length, model_context_window_exceeded",
  })
  void mapsFinishReasons(String reason, String stop) {
    assertThat(brief(delta("\"content\":\"a\""), end(reason))).endsWith("0. " + stop);
  }

  @Test
  void tellsStopSequencesWhereTheServerDoes() {
    String last =
        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"stop_reason\":\"END\"}]}";
    try (Fixture fixture = new Fixture(saying(delta("\"content\":\"a\""), last))) {
      Events events =
          fixture.ask(
              fixture.chat(), request -> request.inferenceConfig(c -> c.stopSequences("END")));
      assertThat(events.stop().stopReasonAsString()).isEqualTo("stop_sequence");
    }
  }

  @Test
  void streamsReasoningOfEveryFlavour() {
    assertThat(
            brief(delta("\"reasoning_content\":\"hm\""), delta("\"content\":\"a\""), end("stop")))
        .isEqualTo("start 0:thinks hm 0. 1:a 1. end_turn");
    assertThat(
            brief(
                delta("\"reasoning\":\"hm\",\"content\":\"\""),
                delta("\"content\":\"a\""),
                end("stop")))
        .isEqualTo("start 0:thinks hm 0. 1:a 1. end_turn");
    assertThat(
            brief(
                delta(
                    "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"a\"}]"),
                end("stop")))
        .isEqualTo("start 0:thinks hm 0. 1:a 1. end_turn");
  }

  @Test
  void tellsRefusals() {
    assertThat(brief(delta("\"refusal\":\"No.\""), end("stop")))
        .isEqualTo("start 0:No. 0. content_filtered");
  }

  @Test
  void streamsToolInput() {
    assertThat(
            brief(
                delta("\"content\":\"Looking.\""),
                tool(0, "t1", "weather", ""),
                tool(0, null, null, "{\"city\":"),
                tool(0, null, null, "\"a}b\"}"),
                end("tool_calls")))
        .isEqualTo("start 0:Looking. 0. 1:weather(t1) 1:{\"city\": 1:\"a}b\"} 1. tool_use");
  }

  @Test
  void putsInterleavedToolCallsInOrder() {
    assertThat(
            brief(
                tool(0, "t1", "a", ""),
                tool(1, "t2", "b", "{\"x\""),
                tool(0, null, null, "{\"y\":"),
                tool(1, null, null, ":1}"),
                tool(0, null, null, "2}"),
                tool(2, "t3", "c", ""),
                end("tool_calls")))
        .isEqualTo(
            "start 0:a(t1) 0:{\"y\": 0:2} 0. 1:b(t2) 1:{\"x\":1} 1. 2:c(t3) 2:{} 2. tool_use");
  }

  @Test
  void streamsTheSecondCallOnceTheFirstIsWhole() {
    assertThat(
            brief(
                tool(0, "t1", "a", "{}"),
                tool(1, "t2", "b", "{\"x\":"),
                tool(1, null, null, "1}"),
                end("tool_calls")))
        .isEqualTo("start 0:a(t1) 0:{} 0. 1:b(t2) 1:{\"x\": 1:1} 1. tool_use");
  }

  /** Gemini's and Ollama's ways: one index or none for all calls, and "stop" as the reason. */
  @Test
  void tellsToolCallsApartById() {
    assertThat(brief(tool(0, "t1", "a", "{}"), tool(0, "t2", "b", "{}"), end("stop")))
        .isEqualTo("start 0:a(t1) 0:{} 0. 1:b(t2) 1:{} 1. tool_use");
    String noIndex =
        delta(
            "\"tool_calls\":[{\"id\":\"t1\",\"function\":{\"name\":\"a\",\"arguments\":{\"x\":1}}},"
                + "{\"id\":\"t2\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}]");
    assertThat(brief(noIndex, end("stop")))
        .isEqualTo("start 0:a(t1) 0:{\"x\":1} 0. 1:b(t2) 1:{} 1. tool_use");
  }

  @Test
  void tellsMalformedToolUse() {
    assertThat(brief(tool(0, "t1", "a", "{\"x\":"), end("tool_calls")))
        .endsWith("malformed_tool_use");
    assertThat(brief(tool(0, "t1", "a", "{\"x\":"), end("length"))).endsWith("max_tokens");
  }

  @Test
  void makesUpIdsThatAreMissing() {
    assertThat(brief(tool(0, null, "a", "{}"), end("tool_calls")))
        .matches("start 0:a\\(call_[0-9a-f]{32}\\) 0:\\{} 0\\. tool_use");
  }

  @Test
  void takesAnswersInOnePiece() {
    Events events =
        answer(
            (asked, reply) ->
                reply.json(
                    200,
                    "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}"));
    assertThat(events.brief()).isEqualTo("start 0:Hello 0. end_turn");
    assertThat(events.metadata().usage().totalTokens()).isEqualTo(4);
  }

  @Test
  void survivesAnyCutInsideACharacter() {
    byte[] event =
        ("data: " + delta("\"content\":\"größer 😀\"") + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    Events events =
        answer(
            (asked, reply) -> {
              reply.stream().chunk(": a comment\n\n");
              for (byte each : event) {
                reply.chunk(new byte[] {each});
              }
              reply.event(end("stop"));
            });
    assertThat(events.brief()).isEqualTo("start 0:größer 😀 0. end_turn");
  }

  /** The server goes on only when the client has the first piece. */
  @Test
  void sendsEachPieceAsItComes() {
    CountDownLatch seen = new CountDownLatch(1);
    Script waiting =
        (asked, reply) -> {
          reply.stream().event(delta("\"content\":\"a\""));
          seen.await();
          reply.event(delta("\"content\":\"b\"")).event(end("stop")).event(Fixture.USAGE);
        };
    try (Fixture fixture = new Fixture(waiting, "idle-timeout", "10s")) {
      Events events = new Events();
      EventSink<ConverseStreamOutput> sink =
          new EventSink<>() {
            @Override
            public void respond(SdkResponse initial) {}

            @Override
            public void send(ConverseStreamOutput event) {
              events.send(event);
              if (event instanceof ContentBlockDeltaEvent) {
                seen.countDown();
              }
            }
          };
      fixture.chat().converse(Fixture.request(request -> {}), sink);
      assertThat(events.brief()).isEqualTo("start 0:a 0:b 0. end_turn");
    }
  }

  @Test
  void takesHugeChunks() {
    String huge = "x".repeat(3_000_000);
    assertThat(brief(delta("\"content\":\"" + huge + "\""), end("stop")))
        .isEqualTo("start 0:" + huge + " 0. end_turn");
  }

  @Test
  void givesFieldsOfTheWholeAnswer() {
    String logprobs =
        "{\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},"
            + "\"logprobs\":{\"content\":[{\"token\":\"%s\",\"logprob\":-0.5}]}}]}";
    try (Fixture fixture =
        new Fixture(
            saying(logprobs.formatted("a", "a"), logprobs.formatted("b", "b"), end("stop")))) {
      Events events =
          fixture.ask(
              fixture.chat(),
              request ->
                  request.additionalModelResponseFieldPaths(
                      "/system_fingerprint",
                      "/choices/0/message/content",
                      "/choices/0/logprobs/content/1/token",
                      "/absent"));
      Document expected =
          Document.mapBuilder()
              .putString("system_fingerprint", "fp")
              .putDocument(
                  "choices",
                  Document.mapBuilder()
                      .putDocument(
                          "0",
                          Document.mapBuilder()
                              .putDocument(
                                  "message",
                                  Document.mapBuilder().putString("content", "ab").build())
                              .putDocument(
                                  "logprobs",
                                  Document.mapBuilder()
                                      .putDocument(
                                          "content",
                                          Document.mapBuilder()
                                              .putDocument(
                                                  "1",
                                                  Document.mapBuilder()
                                                      .putString("token", "b")
                                                      .build())
                                              .build())
                                      .build())
                              .build())
                      .build())
              .build();
      assertThat(events.stop().additionalModelResponseFields()).isEqualTo(expected);
    }
  }

  @Test
  void countsUsageThatTheServerDoesNotTell() {
    Events events =
        answer(
            saying(delta("\"content\":\"Hello world\""), end("stop")), "tokenizer", "o200k_base");
    // 3 for the answer, 3 for the frame, 1 for "user", 1 for "Hi".
    assertThat(events.metadata().usage().inputTokens()).isEqualTo(8);
    assertThat(events.metadata().usage().outputTokens()).isEqualTo(2);
    Script silent = saying(delta("\"content\":\"Hello\""), end("stop"));
    assertThat(answer(silent).metadata().usage().totalTokens()).isZero();
  }
}
