package dev.outcrop.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ImageModel.Task;
import dev.outcrop.models.ModelEntry.Kind;
import dev.outcrop.models.RerankModel;
import dev.outcrop.models.upstream.ScriptedServer.Script;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Embeddings, images and reranking. */
class OtherModelsTest {

  /** Embeds a text to (its length, 1, …), in the order backwards. */
  private static final Script LENGTHS =
      (asked, reply) -> {
        JsonNode body = asked.json();
        int dimensions = body.path("dimensions").asInt(4);
        StringBuilder data = new StringBuilder();
        for (int i = body.get("input").size() - 1; i >= 0; i--) {
          ByteBuffer floats = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
          floats.putFloat(body.get("input").get(i).asText().length());
          while (floats.hasRemaining()) {
            floats.putFloat(1);
          }
          String vector =
              body.path("encoding_format").asText().equals("base64")
                  ? "\"" + Base64.getEncoder().encodeToString(floats.array()) + "\""
                  : "[" + body.get("input").get(i).asText().length() + ",1,1,1]";
          data.append(data.isEmpty() ? "" : ",")
              .append("{\"index\":%d,\"embedding\":%s}".formatted(i, vector));
        }
        reply.json(200, "{\"data\":[%s],\"usage\":{\"prompt_tokens\":9}}".formatted(data));
      };

  private static void assertUnit(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += each * each;
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void embeds() {
    try (Fixture fixture = new Fixture(LENGTHS)) {
      for (String base64 : new String[] {"true", "false"}) {
        EmbeddingModel model =
            fixture.provider.embedding(
                Fixture.entry(
                    Kind.EMBEDDING,
                    "base64",
                    base64,
                    "queryPrefix",
                    "query: ",
                    "batch",
                    "2",
                    "queryBody",
                    "{\"input_type\":\"query\"}"));
        assertThat(model.dimensions()).containsExactly(4);
        EmbeddingModel.Counted counted =
            model.embedCounted(List.of("a", "bb", "ccc"), Purpose.QUERY, 4);
        assertThat(counted.tokens()).as("two batches").isEqualTo(18);
        assertThat(counted.vectors()).hasSize(3).allSatisfy(OtherModelsTest::assertUnit);
        float[] second = counted.vectors().get(1);
        assertThat(second[0] / second[1]).as("query: bb").isCloseTo(9, within(1e-3f));
        assertThat(fixture.sent().path("input").path(0).asText()).isEqualTo("query: ccc");
        assertThat(fixture.sent().path("input_type").asText()).isEqualTo("query");
      }
    }
  }

  @Test
  void embedsToFewerDimensions() {
    try (Fixture fixture = new Fixture(LENGTHS)) {
      EmbeddingModel model =
          fixture.provider.embedding(Fixture.entry(Kind.EMBEDDING, "dimensions", "4, 2"));
      assertThat(model.embedCounted(List.of("a"), Purpose.DOCUMENT, 2).vectors().getFirst())
          .hasSize(2);
      assertThatThrownBy(() -> model.embedCounted(List.of("a"), Purpose.DOCUMENT, 3))
          .isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void cutsNothingOffLongTexts() {
    try (Fixture fixture = new Fixture(LENGTHS)) {
      EmbeddingModel model =
          fixture.provider.embedding(
              Fixture.entry(Kind.EMBEDDING, "window", "16", "tokenizer", "o200k_base"));
      StringBuilder numbers = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        numbers.append(i * i).append(" 😀😀 ");
      }
      String text = numbers.toString();
      assertThat(model.embed(List.of(text), Purpose.DOCUMENT)).hasSize(1);
      StringBuilder seen = new StringBuilder();
      for (JsonNode piece : fixture.sent().get("input")) {
        String part = piece.asText();
        assertThat(model.countTokens(part)).isLessThanOrEqualTo(16);
        assertThat(text).contains(part);
        int overlap = part.length();
        while (!seen.toString().endsWith(part.substring(0, overlap))) {
          overlap--;
        }
        seen.append(part.substring(overlap));
      }
      assertThat(seen.toString()).isEqualTo(text);
    }
  }

  @Test
  void refusesVectorsThatAreMissing() {
    try (Fixture fixture =
        new Fixture(
            (asked, reply) -> reply.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1]}]}"))) {
      EmbeddingModel model =
          fixture.provider.embedding(Fixture.entry(Kind.EMBEDDING, "dimensions", "1"));
      assertThatThrownBy(() -> model.embed(List.of("a", "b"), Purpose.DOCUMENT))
          .isInstanceOf(ModelErrorException.class);
    }
  }

  @Test
  void reranks() {
    Script server =
        (asked, reply) ->
            reply.json(
                200,
                "{\"results\":[{\"index\":1,\"relevance_score\":0.25},{\"index\":0,\"relevance_score\":0.75}]}");
    try (Fixture fixture = new Fixture(server)) {
      RerankModel model = fixture.provider.rerank(Fixture.entry(Kind.RERANK));
      assertThat(model.rerank("q", List.of("a", "b")))
          .containsExactly(new RerankModel.Score(0, .75), new RerankModel.Score(1, .25));
      assertThat(fixture.server.asked.getLast().path()).isEqualTo("/v1/rerank");
      assertThatThrownBy(() -> model.rerank("q", List.of("a", "b", "c")))
          .isInstanceOf(ModelErrorException.class);
    }
  }

  private static ImageModel.Request image(Task task, String avoid, byte[] image, byte[] mask) {
    List<byte[]> images = image == null ? List.of() : List.of(image);
    return new ImageModel.Request(
        task, "a cat", avoid, 1, 512, 256, null, null, "premium", null, images, mask, null);
  }

  private static final Script PAINTER =
      (asked, reply) -> reply.json(200, "{\"data\":[{\"b64_json\":\"Ynl0ZXM=\"}]}");

  @Test
  void makesImages() {
    try (Fixture fixture = new Fixture(PAINTER)) {
      ImageModel model = fixture.provider.image(Fixture.entry(Kind.IMAGE, "model", "gpt-image-1"));
      ImageModel.Answer answer = model.generate(image(Task.TEXT_TO_IMAGE, null, null, null));
      assertThat(answer.images())
          .containsExactly("bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(fixture.sent().toString())
          .isEqualTo(
              "{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"n\":1,\"size\":\"512x256\",\"quality\":\"high\"}");
      assertThatThrownBy(() -> model.generate(image(Task.TEXT_TO_IMAGE, "dogs", null, null)))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("negative prompt");
      assertThatThrownBy(() -> model.generate(image(Task.UPSCALE, null, null, null)))
          .isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void editsImages() throws IOException {
    BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    half.setRGB(1, 0, 0xffffff);
    ByteArrayOutputStream mask = new ByteArrayOutputStream();
    ImageIO.write(half, "png", mask);
    try (Fixture fixture = new Fixture(PAINTER)) {
      ImageModel model = fixture.provider.image(Fixture.entry(Kind.IMAGE, "moreFields", "true"));
      model.generate(image(Task.INPAINT, "dogs", mask.toByteArray(), mask.toByteArray()));
      String body =
          new String(
              fixture.server.asked.getLast().body(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(fixture.server.asked.getLast().path()).isEqualTo("/v1/images/edits");
      assertThat(body)
          .contains("name=\"prompt\"\r\n\r\na cat\r\n")
          .contains("name=\"negative_prompt\"\r\n\r\ndogs\r\n")
          .contains("name=\"image\"; filename=\"image.png\"\r\nContent-Type: image/png")
          .contains("name=\"mask\"; filename=\"mask.png\"");
    }
    BufferedImage transparent =
        ImageIO.read(new ByteArrayInputStream(Masks.transparent(mask.toByteArray())));
    assertThat(transparent.getRGB(0, 0) >>> 24).as("black is changed").isZero();
    assertThat(transparent.getRGB(1, 0) >>> 24).isEqualTo(255);
  }
}
