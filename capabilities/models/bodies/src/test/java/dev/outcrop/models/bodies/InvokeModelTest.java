package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.Attachments;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry.Kind;
import dev.outcrop.models.Models;
import dev.outcrop.models.TokenCounts;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Bodies through Bedrock Runtime's operations, by ids of AWS that stand for one scripted model. */
class InvokeModelTest {

  private static final String LLAMA = "meta.llama3-8b-instruct-v1:0";
  private static final String COMMAND_R = "cohere.command-r-v1:0";
  private static final String DOCUMENTS =
      "{\"message\":\"who?\",\"documents\":[{\"title\":\"A\",\"snippet\":\"the cat\"}]}";
  private static final String NOVA = "us.amazon.nova-lite-v1:0";

  private final Models models =
      new Models(
          Catalogue.of(
              new ModelsSettings(
                  List.of(
                      entry("chat", Kind.CHAT),
                      entry("image", Kind.IMAGE),
                      entry("rank", Kind.RERANK)),
                  Map.of(
                      LLAMA,
                      "chat",
                      COMMAND_R,
                      "chat",
                      NOVA,
                      "chat",
                      "amazon.titan-image-generator-v1",
                      "image",
                      "cohere.rerank-v3-5:0",
                      "rank"),
                  4)),
          new ModelFiles(Path.of("target/no-models")),
          List.of(new Scripted()));
  private final Attachments attachments =
      new Attachments(null, (name, format, bytes) -> new String(bytes, StandardCharsets.UTF_8));
  private final Capabilities capabilities =
      Capabilities.of(
          new Inference(
              new Inference.Parts(
                  models, 4, Families.standard(), List.of(), List.of(), attachments)),
          new TokenCounts(models, Families.standard(), List.of(), attachments));
  private final BedrockRuntimeClient client =
      LocalClients.create(BedrockRuntimeClient.class, capabilities);
  private final BedrockRuntimeAsyncClient streams =
      LocalClients.create(BedrockRuntimeAsyncClient.class, capabilities);

  @Test
  void theIdThatTheClientSaysTellsTheForm() {
    assertThat(invoke(LLAMA, "{\"prompt\":\"a b\"}").get("generation").asText())
        .isEqualTo("raw: a b");
    assertThat(
            invoke(NOVA, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]}")
                .at("/output/message/content/0/text")
                .asText())
        .isEqualTo("chat: a");
    assertThat(invoke("chat", "{\"inputText\":\"a\"}").at("/results/0/outputText").asText())
        .isEqualTo("raw: a");
    assertThat(
            invoke("chat", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")
                .at("/choices/0/message/content")
                .asText())
        .isEqualTo("chat: a");
    assertThatThrownBy(() -> invoke(LLAMA, "{\"inputText\":\"a\"}"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("extraneous key [inputText] is not permitted");
  }

  @Test
  void documentsComeAsTheirText() {
    assertThat(invoke(COMMAND_R, DOCUMENTS).get("text").asText())
        .startsWith("chat: ")
        .contains("the cat")
        .endsWith("who?");
  }

  @Test
  void imagesAndRanks() {
    JsonNode image =
        invoke(
            "amazon.titan-image-generator-v1",
            "{\"taskType\":\"TEXT_IMAGE\",\"textToImageParams\":{\"text\":\"cat\"}}");
    assertThat(image.at("/images/0").asText()).isEqualTo("Yw==");
    JsonNode ranks =
        invoke(
            "cohere.rerank-v3-5:0",
            "{\"query\":\"q\",\"documents\":[\"a\",\"bbb\"],\"api_version\":2}");
    assertThat(ranks.at("/results/0/index").asInt()).isEqualTo(1);
    assertThat(ranks.at("/results/0/relevance_score").asDouble()).isEqualTo(0.03);
  }

  @Test
  void tokensAreCountedAsTheBodyWouldRun() {
    assertThat(count(LLAMA, "{\"prompt\":\"a b\"}")).isEqualTo(201);
    assertThat(count(COMMAND_R, "{\"message\":\"a b\"}")).isEqualTo(101);
    assertThat(count(COMMAND_R, DOCUMENTS)).as("documents count as their text").isEqualTo(102);
  }

  @Test
  void streamsEndWithTheMetricsInTheirLastChunk() {
    List<JsonNode> chunks = stream(LLAMA, "{\"prompt\":\"a b\"}");
    assertThat(chunks.stream().map(chunk -> chunk.get("generation").asText()))
        .containsExactly("raw: ", "a ", "b", "");
    assertThat(chunks.getLast().get("stop_reason").asText()).isEqualTo("stop");
    assertThat(chunks.getLast().at("/amazon-bedrock-invocationMetrics/outputTokenCount").asInt())
        .isEqualTo(3);
    List<JsonNode> nova =
        stream(NOVA, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]}");
    assertThat(nova.stream().map(chunk -> chunk.fieldNames().next()))
        .containsExactly(
            "messageStart",
            "contentBlockDelta",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata");
    assertThat(nova.getLast().has("amazon-bedrock-invocationMetrics")).isTrue();
  }

  private JsonNode invoke(String id, String body) {
    return Played.json(
        client
            .invokeModel(request -> request.modelId(id).body(SdkBytes.fromUtf8String(body)))
            .body()
            .asUtf8String());
  }

  private int count(String id, String body) {
    return client
        .countTokens(
            request ->
                request
                    .modelId(id)
                    .input(
                        input ->
                            input.invokeModel(
                                invoke -> invoke.body(SdkBytes.fromUtf8String(body)))))
        .inputTokens();
  }

  private List<JsonNode> stream(String id, String body) {
    List<JsonNode> chunks = new ArrayList<>();
    streams
        .invokeModelWithResponseStream(
            request -> request.modelId(id).body(SdkBytes.fromUtf8String(body)),
            InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(
                    InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                        .onChunk(chunk -> chunks.add(Played.json(chunk.bytes().asUtf8String())))
                        .build())
                .build())
        .join();
    return chunks;
  }

  private static CatalogueEntry entry(String id, Kind kind) {
    return new CatalogueEntry(
        id, null, "Test", "scripted", kind, null, null, 0, null, false, Map.of(), null, null);
  }
}
