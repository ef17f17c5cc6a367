package dev.outcrop.models.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelListTest {

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

  @Test
  void listsEveryNameOfEveryModel() throws Exception {
    Served.Said said = api.get("one", "/v1/models");
    assertThat(said.at("/object")).isEqualTo("list");
    assertThat(said.json().path("data").findValuesAsText("id"))
        .contains(Served.CHAT, Served.EMBEDDING, "gpt-test")
        .doesNotContain("outcrop.quote-v1");
    assertThat(said.json().path("data").findValuesAsText("object")).containsOnly("model");
  }

  @Test
  void oneModelIsFoundByAnyName() throws Exception {
    String arn = "arn:aws:bedrock:us-east-1::foundation-model%2F" + Served.CHAT;
    assertThat(api.get("one", "/v1/models/gpt-test").at("/owned_by")).isEqualTo("Test");
    assertThat(api.get("one", "/v1/models/" + arn).at("/id")).endsWith("/" + Served.CHAT);
    Served.Said none = api.get("one", "/v1/models/gpt-9");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.at("/error/code")).isEqualTo("model_not_found");
  }

  @Test
  void anthropicsClientsGetTheirForm() throws Exception {
    Served.Said said =
        api.send(
            api.request("one", "/v1/models").header("anthropic-version", "2023-06-01").build());
    assertThat(said.json().path("data").findValuesAsText("type")).containsOnly("model");
    assertThat(said.json().path("has_more").asBoolean(true)).isFalse();
    assertThat(said.at("/first_id")).isEqualTo(said.at("/data/0/id"));
  }
}
