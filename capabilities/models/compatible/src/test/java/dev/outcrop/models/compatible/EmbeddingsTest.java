package dev.outcrop.models.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingsTest {

  private static final String PATH = "/v1/embeddings";

  @TempDir Path folder;
  private Served api;

  @BeforeEach
  void serve() throws Exception {
    api = new Served(folder);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Served.Said embed(String input, String more) throws Exception {
    return api.post(
        PATH, "{\"model\": \"%s\", \"input\": %s%s}".formatted(Served.EMBEDDING, input, more));
  }

  @Test
  void embedsEachText() throws Exception {
    Served.Said said = embed("[\"a\", \"d and d\"]", "");
    assertThat(said.status()).as(said.json().toString()).isEqualTo(200);
    assertThat(said.json().path("data").toString())
        .isEqualTo(
            "[{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0,0,0,0]},"
                + "{\"object\":\"embedding\",\"index\":1,\"embedding\":"
                + said.json().at("/data/1/embedding")
                + "}]");
    assertThat(said.json().at("/data/1/embedding")).hasSize(4);
    assertThat(said.at("/usage/prompt_tokens")).isEqualTo("4");
    assertThat(api.calls.getFirst().operation()).isEqualTo("InvokeModel");
    assertThat(api.calls.getFirst().input().get().at("/input/0").asText()).isEqualTo("a");
  }

  @Test
  void bytesInBase64AreTheSameNumbers() throws Exception {
    Served.Said said = embed("\"abb\"", ", \"encoding_format\": \"base64\", \"dimensions\": 2");
    byte[] bytes = Base64.getDecoder().decode(said.at("/data/0/embedding"));
    ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes).hasSize(8);
    assertThat(floats.getFloat(4) / floats.getFloat(0)).isEqualTo(2f);
  }

  @Test
  void whatCannotBeEmbeddedIsRefused() throws Exception {
    assertThat(embed("[1, 2, 3]", "").at("/error/code")).isEqualTo("unsupported_parameter");
    assertThat(embed("[[1, 2], [3]]", "").at("/error/code")).isEqualTo("unsupported_parameter");
    assertThat(embed("[]", "").at("/error/param")).isEqualTo("input");
    assertThat(embed("\"\"", "").at("/error/param")).isEqualTo("input");
    assertThat(embed("\"a\"", ", \"dimensions\": 3").at("/error/message")).contains("[4, 2]");
    Served.Said chat =
        api.post(PATH, "{\"model\": \"%s\", \"input\": \"a\"}".formatted(Served.CHAT));
    assertThat(chat.status()).isEqualTo(400);
    assertThat(chat.at("/error/message")).contains("not an embedding model");
  }
}
