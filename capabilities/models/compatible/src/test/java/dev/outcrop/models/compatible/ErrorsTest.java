package dev.outcrop.models.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ErrorsTest {

  private static final String PATH = "/v1/chat/completions";

  private Served api;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    api = new Served(folder);
  }

  @AfterAll
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "throttle|''|429|rate_limit_error|rate_limit_exceeded|null",
        "down|''|503|server_error|service_unavailable|null",
        "break|''|502|server_error|model_error|null",
        "refuse|''|400|invalid_request_error|null|null",
        "unable|''|400|invalid_request_error|unsupported_parameter|verbosity",
        "hi|, \"n\": 2|400|invalid_request_error|invalid_value|n",
        "hi|, \"logprobs\": true|400|invalid_request_error|unsupported_parameter|logprobs",
        "hi|, \"best_of\": 2|400|invalid_request_error|unknown_parameter|best_of",
        "hi|, \"temperature\": 3|400|invalid_request_error|invalid_value|temperature",
        "hi|, \"tools\": [{\"type\": \"function\", \"function\": {}}]"
            + "|400|invalid_request_error|missing_required_parameter|tools[0].function.name"
      })
  void errorsHaveOpenAisForm(
      String text, String more, int status, String type, String code, String param)
      throws Exception {
    Served.Said said =
        api.post(
            PATH,
            """
            {"model": "%s", "messages": [{"role": "user", "content": "%s"}]%s}
            """
                .formatted(Served.CHAT, text, more.equals("''") ? "" : more));

    assertThat(said.status()).as(said.json().toString()).isEqualTo(status);
    assertThat(said.at("/error/type")).isEqualTo(type);
    assertThat(said.at("/error/code")).isEqualTo(code);
    assertThat(said.at("/error/param")).isEqualTo(param);
    assertThat(said.at("/error/message"))
        .isNotEmpty()
        .doesNotContain("Malformed input request", "please reformat", "additionalModel");
  }

  @Test
  void unknownModelsAreNotFound() throws Exception {
    Served.Said said =
        api.post(
            PATH,
            "{\"model\": \"gpt-9\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}");
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.at("/error/code")).isEqualTo("model_not_found");
    assertThat(said.at("/error/message")).contains("`gpt-9`");
  }

  @Test
  void strangersAreTurnedAwayBeforeTheirBodyIsRead() throws Exception {
    int before = api.script.asked.size();
    for (String path : new String[] {PATH, "/v1/responses", "/v1/embeddings"}) {
      Served.Said said =
          api.send(
              api.request("three", path)
                  .POST(HttpRequest.BodyPublishers.ofString("not even JSON"))
                  .build());
      assertThat(said.status()).isEqualTo(401);
      assertThat(said.at("/error/code")).isEqualTo("invalid_api_key");
    }
    assertThat(api.get("three", "/v1/models").status()).isEqualTo(401);
    assertThat(api.script.asked).hasSize(before);
  }

  @Test
  void bodiesThatAreNoJsonAreInvalid() throws Exception {
    Served.Said said = api.post(PATH, "{\"model\": ");
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.at("/error/message")).contains("not valid JSON");
    assertThat(api.post(PATH, "{}").at("/error/param")).isEqualTo("model");
  }

  @Test
  void otherPathsAndMethodsAreToldApart() throws Exception {
    Served.Said path = api.post("/v1/audio/speech", "{}");
    assertThat(path.status()).isEqualTo(404);
    assertThat(path.at("/error/message")).contains("POST /v1/audio/speech", "/v1/responses");
    Served.Said method = api.get("one", PATH);
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.at("/error/message")).contains("use POST");
  }
}
