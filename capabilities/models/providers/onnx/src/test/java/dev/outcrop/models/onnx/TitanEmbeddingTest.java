package dev.outcrop.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.models.Inference;
import dev.outcrop.models.Models;
import dev.outcrop.models.bodies.Families;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.wire.ResponseHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** InvokeModel with Titan's body over the real models of the built-in catalogue. */
class TitanEmbeddingTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TITAN = "amazon.titan-embed-text-v2:0";

  @TempDir static Path folder;
  static Models models;
  static Inference inference;

  @BeforeAll
  static void start() {
    models =
        new Models(
            Catalogue.of(ModelsSettings.defaults()),
            new ModelFiles(folder.resolve("models")),
            List.of(new OnnxProvider(Entries.NATIVE)));
    inference = new Inference(models, 8, Families.standard());
  }

  @AfterAll
  static void stop() {
    models.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TITAN,
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0",
        "outcrop.bge-small-en-v1.5",
        "outcrop.all-minilm-l6-v2"
      })
  void embedsByEveryNameOfAModel(String id) throws IOException {
    Map<String, String> headers = new HashMap<>();
    InvokeModelResponse response =
        ResponseHeaders.collect(headers, () -> invoke(id, "{\"inputText\":\"high tide at noon\"}"));
    JsonNode answer = JSON.readTree(response.body().asInputStream());

    assertThat(response.contentType()).isEqualTo("application/json");
    assertThat(answer.get("embedding")).hasSize(384);
    assertThat(answer.get("embeddingsByType").get("float")).isEqualTo(answer.get("embedding"));
    assertThat(norm(answer.get("embedding"))).isCloseTo(1, within(1e-5));
    assertThat(answer.get("inputTextTokenCount").asInt()).isEqualTo(6);
    assertThat(headers).containsEntry("x-amzn-bedrock-input-token-count", "6");
    assertThat(headers).containsKey("x-amzn-bedrock-invocation-latency");
  }

  @Test
  void binaryEmbeddingsAreTheSignsOfTheFloats() throws IOException {
    JsonNode both =
        answer(
            "{\"inputText\":\"salt\",\"embeddingTypes\":[\"binary\",\"float\"],\"normalize\":true}");
    JsonNode bits = both.get("embeddingsByType").get("binary");
    assertThat(bits).hasSize(384);
    for (int i = 0; i < 384; i++) {
      assertThat(bits.get(i).asInt())
          .isEqualTo(both.get("embedding").get(i).asDouble() > 0 ? 1 : 0);
    }
    JsonNode binary = answer("{\"inputText\":\"salt\",\"embeddingTypes\":[\"binary\"]}");
    assertThat(binary.has("embedding")).isFalse();
    assertThat(binary.get("embeddingsByType").has("float")).isFalse();
  }

  @Test
  void aQueryIsEmbeddedWithItsPrefix() throws IOException {
    JsonNode document = answer("{\"inputText\":\"salt\",\"inputType\":\"document\"}");
    assertThat(document).isEqualTo(answer("{\"inputText\":\"salt\"}"));
    assertThat(document).isNotEqualTo(answer("{\"inputText\":\"salt\",\"inputType\":\"query\"}"));
  }

  @Test
  void aLongTextIsEmbeddedWhole() throws IOException {
    String text = "tide ".repeat(5000);
    assertThat(answer(body(text)).get("inputTextTokenCount").asInt()).isEqualTo(5002);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|required key [inputText] not found",
        "{\"inputText\":7}|#/inputText: expected type: String, found: Integer",
        "{\"inputText\":null}|#/inputText: expected type: String, found: Null",
        "{\"inputText\":\"\"}|expected minLength: 1, actual: 0",
        "{\"inputText\":\"a\",\"x\":1}|extraneous key [x] is not permitted",
        "{\"inputText\":\"a\",\"inputText\":\"b\"}|Duplicate field",
        "{\"inputText\":\"a\",\"dimensions\":256}|256 is not a valid enum value, the model behind this id has [384]",
        "{\"inputText\":\"a\",\"dimensions\":\"384\"}|#/dimensions: expected type: Integer, found: String",
        "{\"inputText\":\"a\",\"dimensions\":384.5}|#/dimensions: expected type: Integer, found: Number",
        "{\"inputText\":\"a\",\"normalize\":\"yes\"}|#/normalize: expected type: Boolean, found: String",
        "{\"inputText\":\"a\",\"embeddingTypes\":[]}|minimum item count: 1",
        "{\"inputText\":\"a\",\"embeddingTypes\":\"float\"}|expected type: JSONArray, found: String",
        "{\"inputText\":\"a\",\"embeddingTypes\":[\"int8\"]}|int8 is not a valid enum value",
        "{\"inputText\":\"a\",\"inputType\":\"search\"}|search is not a valid enum value",
        "[]|expected type: JSONObject, found: JSONArray",
        "{\"inputText\"|not valid JSON",
        "{} {}|not valid JSON"
      })
  void badBodiesAreRefusedInAwsWords(String body, String problem) {
    refused(TITAN, body)
        .hasMessageStartingWith("Malformed input request: ")
        .hasMessageContaining(problem);
  }

  @Test
  void limitsOfTheApiHold() {
    refused(TITAN, body("x".repeat(50_001)))
        .hasMessageContaining("expected maxLength: 50000, actual: 50001, please reformat");
    refused(TITAN, body("a ".repeat(8191)))
        .hasMessageContaining(
            "Too many input tokens. Max input tokens: 8192, request input token count: 8193");
  }

  @Test
  void otherIdsAreRefused() {
    for (String id :
        List.of("amazon.titan-embed-text-v9", "mars.amazon.titan-embed-text-v2:0", "")) {
      refused(id, body("a")).hasMessageContaining("The provided model identifier is invalid.");
    }
    refused("outcrop.quote-v1", body("a")).hasMessageContaining("RetrieveAndGenerate");
  }

  private static AbstractThrowableAssert<?, ?> refused(String id, String body) {
    return assertThatThrownBy(() -> invoke(id, body)).isInstanceOf(ValidationException.class);
  }

  private static String body(String text) {
    return JSON.createObjectNode().put("inputText", text).toString();
  }

  private static JsonNode answer(String body) throws IOException {
    return JSON.readTree(invoke(TITAN, body).body().asInputStream());
  }

  private static InvokeModelResponse invoke(String id, String body) {
    return inference.invokeModel(
        InvokeModelRequest.builder().modelId(id).body(SdkBytes.fromUtf8String(body)).build());
  }

  private static double norm(JsonNode vector) {
    double square = 0;
    for (JsonNode v : vector) {
      square += v.asDouble() * v.asDouble();
    }
    return Math.sqrt(square);
  }
}
