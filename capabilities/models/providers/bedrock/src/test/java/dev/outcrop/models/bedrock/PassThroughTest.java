package dev.outcrop.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.wire.ResponseHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** What goes to Bedrock and comes back, as it is. */
class PassThroughTest {

  private static final String MODEL = "eu.anthropic.claude-sonnet-4-20250514-v1:0";

  private static final String LAST =
      "{\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":1}}";

  private static ConverseStreamRequest everything() {
    return ConverseStreamRequest.builder()
        .modelId("claude")
        .messages(
            m ->
                m.role("user")
                    .content(
                        c -> c.text("Hi"),
                        c ->
                            c.document(
                                d ->
                                    d.format("docx")
                                        .name("Report 1")
                                        .source(s -> s.bytes(SdkBytes.fromUtf8String("PK")))),
                        c -> c.cachePoint(p -> p.type("default").ttl("1h"))))
        .system(s -> s.text("Be kind."))
        .inferenceConfig(c -> c.maxTokens(5).temperature(0.5f).stopSequences("X"))
        .toolConfig(
            t ->
                t.tools(
                        x ->
                            x.toolSpec(
                                s ->
                                    s.name("t")
                                        .inputSchema(
                                            i ->
                                                i.json(
                                                    Document.mapBuilder()
                                                        .putString("type", "object")
                                                        .build()))))
                    .toolChoice(x -> x.any(a -> {})))
        .guardrailConfig(g -> g.guardrailIdentifier("abcdefgh").guardrailVersion("1"))
        .additionalModelRequestFields(Document.mapBuilder().putNumber("top_k", 5).build())
        .additionalModelResponseFieldPaths("/stop_sequence")
        .requestMetadata(Map.of("team", "blue"))
        .performanceConfig(p -> p.latency("optimized"))
        .serviceTier(t -> t.type("priority"))
        .build();
  }

  private static List<ConverseStreamOutput> answer() {
    return List.of(
        ConverseStreamOutput.messageStartBuilder().role("assistant").build(),
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(0)
            .delta(
                d ->
                    d.reasoningContent(
                        r -> r.redactedContent(SdkBytes.fromByteArray(new byte[] {0, -1}))))
            .build(),
        ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build(),
        ConverseStreamOutput.contentBlockStartBuilder()
            .contentBlockIndex(1)
            .start(s -> s.toolUse(u -> u.toolUseId("a").name("t")))
            .build(),
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(1)
            .delta(d -> d.toolUse(u -> u.input("{}")))
            .build(),
        ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(1).build(),
        ConverseStreamOutput.messageStopBuilder()
            .stopReason("tool_use")
            .additionalModelResponseFields(
                Document.mapBuilder().putString("stop_sequence", "X").build())
            .build(),
        ConverseStreamOutput.metadataBuilder()
            .usage(
                u ->
                    u.inputTokens(1)
                        .outputTokens(2)
                        .totalTokens(10)
                        .cacheReadInputTokens(7)
                        .cacheDetails(x -> x.ttl("1h").inputTokens(3)))
            .metrics(m -> m.latencyMs(12L))
            .trace(t -> t.promptRouter(r -> r.invokedModelId("m")))
            .performanceConfig(p -> p.latency("optimized"))
            .build());
  }

  @Test
  void everyFieldAndEventOfAConversation() {
    var script = new ScriptedBedrock.Script();
    script.converse = (request, events) -> answer().forEach(events::send);
    try (var bedrock = new ScriptedBedrock(script)) {
      Kept<ConverseStreamOutput> events = new Kept<>();
      bedrock.provider.chat(ScriptedBedrock.entry(MODEL)).converse(everything(), events);

      assertThat(bedrock.asked).containsExactly(everything().toBuilder().modelId(MODEL).build());
      assertThat(events.sent).isEqualTo(answer());
      assertThat(bedrock.headers.getFirst().get("authorization").getFirst())
          .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
          .contains("/eu-west-1/bedrock/");
    }
  }

  /** The JSON is as real Bedrock was recorded to send it, padding and further counts included. */
  @Test
  void recordedEvents() {
    var script = new ScriptedBedrock.Script();
    script.raw =
        exchange -> {
          try (var out =
              exchange.respond(
                  200, Map.of("content-type", List.of("application/vnd.amazon.eventstream")))) {
            out.write(
                Frames.event("messageStart", "{\"p\":\"abcdefghij\",\"role\":\"assistant\"}"));
            out.write(
                Frames.event(
                    "contentBlockDelta",
                    "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"redactedContent\":"
                        + "\"RXFrRQ==\"}},\"p\":\"abc\"}"));
            out.write(Frames.event("contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"abcd\"}"));
            out.write(
                Frames.event(
                    "contentBlockDelta",
                    "{\"contentBlockIndex\":1,\"delta\":{\"text\":\"I notice\"},\"p\":\"a\"}"));
            out.write(Frames.event("contentBlockStop", "{\"contentBlockIndex\":1,\"p\":\"ab\"}"));
            out.write(Frames.event("messageStop", "{\"p\":\"abc\",\"stopReason\":\"end_turn\"}"));
            out.write(
                Frames.event(
                    "metadata",
                    "{\"metrics\":{\"latencyMs\":3145},\"p\":\"a\",\"usage\":{\"inputTokens\":92,"
                        + "\"outputTokens\":173,\"serverToolUsage\":{},\"totalTokens\":265}}"));
          }
        };
    try (var bedrock = new ScriptedBedrock(script)) {
      Kept<ConverseStreamOutput> events = new Kept<>();
      bedrock.provider.chat(ScriptedBedrock.entry(MODEL)).converse(everything(), events);

      assertThat(events.sent)
          .containsExactly(
              ConverseStreamOutput.messageStartBuilder().role("assistant").build(),
              ConverseStreamOutput.contentBlockDeltaBuilder()
                  .contentBlockIndex(0)
                  .delta(
                      d ->
                          d.reasoningContent(
                              r -> r.redactedContent(SdkBytes.fromUtf8String("EqkE"))))
                  .build(),
              ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(0).build(),
              ConverseStreamOutput.contentBlockDeltaBuilder()
                  .contentBlockIndex(1)
                  .delta(d -> d.text("I notice"))
                  .build(),
              ConverseStreamOutput.contentBlockStopBuilder().contentBlockIndex(1).build(),
              ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build(),
              ConverseStreamOutput.metadataBuilder()
                  .metrics(m -> m.latencyMs(3145L))
                  .usage(u -> u.inputTokens(92).outputTokens(173).totalTokens(265))
                  .build());
    }
  }

  @Test
  void documentsGetNamesThatConverseAllows() {
    var script = new ScriptedBedrock.Script();
    script.converse = (request, events) -> answer().forEach(events::send);
    try (var bedrock = new ScriptedBedrock(script)) {
      bedrock
          .provider
          .chat(ScriptedBedrock.entry(null))
          .converse(
              ConverseStreamRequest.builder()
                  .messages(
                      m ->
                          m.role("user")
                              .content(
                                  c -> c.document(d -> d.name("a_b.pdf").source(s -> s.text("x"))),
                                  c -> c.document(d -> d.source(s -> s.text("y")))))
                  .build(),
              new Kept<>());

      Message asked = ((ConverseStreamRequest) bedrock.asked.getFirst()).messages().getFirst();
      assertThat(asked.content().stream().map(c -> c.document().name()))
          .containsExactly("a-b-pdf", "document");
    }
  }

  @Test
  void tokensAreCountedByBedrock() {
    try (var bedrock = new ScriptedBedrock(new ScriptedBedrock.Script())) {
      var request =
          ConverseTokensRequest.builder()
              .messages(Message.builder().role("user").content(c -> c.text("Hi")).build())
              .build();
      assertThat(bedrock.provider.chat(ScriptedBedrock.entry(MODEL)).countTokens(request))
          .isEqualTo(41);
      assertThat(bedrock.asked)
          .containsExactly(
              CountTokensRequest.builder().modelId(MODEL).input(i -> i.converse(request)).build());
    }
  }

  @Test
  void nativeBodies() {
    byte[] odd = {0, 1, -1, '{'};
    var script = new ScriptedBedrock.Script();
    script.invoke =
        request ->
            InvokeModelResponse.builder()
                .body(SdkBytes.fromByteArray(odd))
                .contentType("image/png")
                .build();
    try (var bedrock = new ScriptedBedrock(script)) {
      var request =
          InvokeModelRequest.builder()
              .modelId("claude")
              .body(SdkBytes.fromByteArray(odd))
              .contentType("application/x-odd")
              .accept("image/png")
              .trace("ENABLED")
              .guardrailIdentifier("abcdefgh")
              .guardrailVersion("DRAFT")
              .build();
      Map<String, String> headers = new HashMap<>();
      InvokeModelResponse response =
          ResponseHeaders.collect(
              headers,
              () ->
                  bedrock
                      .provider
                      .nativeBodies(ScriptedBedrock.entry(MODEL))
                      .orElseThrow()
                      .invoke(request));

      assertThat(bedrock.asked).containsExactly(request.toBuilder().modelId(MODEL).build());
      assertThat(response.body().asByteArray()).isEqualTo(odd);
      assertThat(response.contentType()).isEqualTo("image/png");
      assertThat(headers).containsEntry("x-amzn-bedrock-input-token-count", "7");
    }
  }

  @Test
  void nativeStreams() {
    List<ResponseStream> chunks =
        IntStream.rangeClosed(1, 100)
            .mapToObj(
                i ->
                    (ResponseStream)
                        ResponseStream.chunkBuilder()
                            .bytes(SdkBytes.fromUtf8String(i < 100 ? "{\"i\":" + i + "}" : LAST))
                            .build())
            .toList();
    var script = new ScriptedBedrock.Script();
    script.stream = (request, events) -> chunks.forEach(events::send);
    try (var bedrock = new ScriptedBedrock(script)) {
      Kept<ResponseStream> events = new Kept<>();
      bedrock
          .provider
          .nativeBodies(ScriptedBedrock.entry(MODEL))
          .orElseThrow()
          .invoke(
              InvokeModelWithResponseStreamRequest.builder()
                  .modelId("claude")
                  .body(SdkBytes.fromUtf8String("{}"))
                  .build(),
              events);

      assertThat(events.sent).isEqualTo(chunks);
      assertThat(events.heads).hasSize(1);
    }
  }

  @Test
  void titanAndCohereEmbed() {
    var script = new ScriptedBedrock.Script();
    script.invoke =
        request ->
            InvokeModelResponse.builder()
                .body(
                    SdkBytes.fromUtf8String(
                        request.modelId().startsWith("cohere")
                            ? "{\"embeddings\":[[3,4],[0,2]]}"
                            : "{\"embedding\":[3,4],\"inputTextTokenCount\":5}"))
                .contentType("application/json")
                .build();
    try (var bedrock = new ScriptedBedrock(script)) {
      var titan = bedrock.provider.embedding(ScriptedBedrock.entry("amazon.titan-embed-text-v2:0"));
      var counted = titan.embedCounted(List.of("a", "b"), EmbeddingModel.Purpose.DOCUMENT, 256);
      assertThat(counted.vectors()).allSatisfy(v -> assertThat(v).containsExactly(.6f, .8f));
      assertThat(counted.tokens()).isEqualTo(10);
      assertThat(((InvokeModelRequest) bedrock.asked.getFirst()).body().asUtf8String())
          .isEqualTo("{\"inputText\":\"a\",\"dimensions\":256,\"normalize\":true}");

      var cohere =
          bedrock.provider.embedding(ScriptedBedrock.entry("cohere.embed-multilingual-v3"));
      assertThat(cohere.embed(List.of("a", "b"), EmbeddingModel.Purpose.QUERY).getLast())
          .containsExactly(0f, 1f);
      assertThat(((InvokeModelRequest) bedrock.asked.getLast()).body().asUtf8String())
          .isEqualTo(
              "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_query\",\"truncate\":\"NONE\"}");
    }
  }

  @Test
  void whatIsTooLongIsEmbeddedInWindows() {
    var script = new ScriptedBedrock.Script();
    script.invoke =
        request ->
            InvokeModelResponse.builder()
                .body(SdkBytes.fromUtf8String("{\"embedding\":[1,0],\"inputTextTokenCount\":5}"))
                .contentType("application/json")
                .build();
    try (var bedrock = new ScriptedBedrock(script)) {
      var titan = bedrock.provider.embedding(ScriptedBedrock.entry("amazon.titan-embed-image-v1"));
      String text = "abcdefgh".repeat(300);
      var counted = titan.embedCounted(List.of(text), EmbeddingModel.Purpose.DOCUMENT, 1024);

      assertThat(counted.vectors()).hasSize(1);
      assertThat(counted.vectors().getFirst()).containsExactly(1f, 0f);
      assertThat(bedrock.asked).hasSizeGreaterThan(2);
      assertThat(counted.tokens()).isEqualTo(5 * bedrock.asked.size());
    }
  }

  @Test
  void aKeyIsABearerToken() {
    var script = new ScriptedBedrock.Script();
    script.converse = (request, events) -> answer().forEach(events::send);
    try (var bedrock = new ScriptedBedrock(script)) {
      String url = "http://127.0.0.1:" + bedrock.port();
      try (BedrockProvider keyed =
          ScriptedBedrock.provider(
              url,
              "endpoints.one.url",
              url,
              "endpoints.one.keys",
              "bedrock-api-key-1",
              "endpoints.one.headers.x-team",
              "blue")) {
        keyed.chat(ScriptedBedrock.entry(MODEL)).converse(everything(), new Kept<>());
      }
      assertThat(bedrock.headers.getFirst().get("authorization"))
          .containsExactly("Bearer bedrock-api-key-1");
      assertThat(bedrock.headers.getFirst().get("x-team")).containsExactly("blue");
    }
  }
}
