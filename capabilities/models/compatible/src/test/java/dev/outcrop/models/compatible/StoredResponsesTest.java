package dev.outcrop.models.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

final class StoredResponsesTest {

  private static final String PATH = "/v1/responses";

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

  private Served.Said ask(String input, String more) throws Exception {
    return api.post(
        PATH, "{\"model\": \"%s\", \"input\": \"%s\"%s}".formatted(Served.CHAT, input, more));
  }

  private static String after(String id) {
    return ", \"previous_response_id\": \"" + id + "\"";
  }

  @Test
  void conversationsGoOn() throws Exception {
    String first = ask("think", ", \"instructions\": \"Once.\"").at("/id");
    String second = ask("and then", after(first)).at("/id");
    Served.Said third = ask("the end", after(second));

    assertThat(third.at("/previous_response_id")).isEqualTo(second);
    assertThat(api.script.lastAsked().system()).isEmpty();
    assertThat(api.script.lastAsked().messages())
        .extracting(Message::roleAsString)
        .containsExactly("user", "assistant", "user", "assistant", "user");
    assertThat(
            api.script
                .lastAsked()
                .messages()
                .get(1)
                .content()
                .getFirst()
                .reasoningContent()
                .reasoningText()
                .signature())
        .isEqualTo("signed");
  }

  @Test
  void streamedAnswersAreStoredWhenTheClientHasThem() throws Exception {
    String id =
        api.stream(
                PATH,
                "{\"model\": \"%s\", \"input\": \"hi\", \"stream\": true}".formatted(Served.CHAT))
            .getLast()
            .at("/response/id")
            .asText();
    assertThat(api.get("one", PATH + "/" + id).at("/output/0/content/0/text")).isEqualTo("hi");
  }

  @Test
  void storedAnswersCanBeSeenAndDeleted() throws Exception {
    Served.Said said = ask("think", "");
    String path = PATH + "/" + said.at("/id");

    assertThat(api.get("one", path).json()).isEqualTo(said.json());
    assertThat(api.get("one", path + "?include[]=reasoning.encrypted_content").json().toString())
        .contains("signed");
    Served.Said items = api.get("one", path + "/input_items");
    assertThat(items.at("/data/0/content/0/text")).isEqualTo("think");
    assertThat(items.at("/last_id")).startsWith("msg_");
    assertThat(api.get("one", path + "?stream=true").status()).isEqualTo(400);
    assertThat(api.delete("one", path).json().path("deleted").asBoolean()).isTrue();
    assertThat(api.get("one", path).status()).isEqualTo(404);
    Served.Said gone = ask("on", after(said.at("/id")));
    assertThat(gone.status()).isEqualTo(400);
    assertThat(gone.at("/error/code")).isEqualTo("previous_response_not_found");
  }

  @Test
  void inputItemsComeByPages() throws Exception {
    String input =
        """
        {"model": "%s", "input": [{"role": "user", "content": "a"},
          {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]}
        """
            .formatted(Served.CHAT);
    String path = PATH + "/" + api.post(PATH, input).at("/id") + "/input_items";
    Served.Said first = api.get("one", path + "?limit=2&order=asc");
    Served.Said last = api.get("one", path + "?limit=2&order=asc&after=" + first.at("/last_id"));

    assertThat(first.json().path("data").findValuesAsText("text")).containsExactly("a", "b");
    assertThat(first.json().path("has_more").asBoolean()).isTrue();
    assertThat(last.json().path("data").findValuesAsText("text")).containsExactly("c");
    assertThat(last.json().path("has_more").asBoolean(true)).isFalse();
    assertThat(api.get("one", path + "?limit=0").at("/error/param")).isEqualTo("limit");
    assertThat(api.get("one", path + "?after=no").at("/error/param")).isEqualTo("after");
  }

  @Test
  void eachKeySeesItsOwn() throws Exception {
    String path = PATH + "/" + ask("hi", "").at("/id");
    assertThat(api.get("two", path).status()).isEqualTo(404);
    assertThat(api.delete("two", path).status()).isEqualTo(404);
    assertThat(api.get("one", path).status()).isEqualTo(200);
  }

  @Test
  void whatIsNotToBeStoredIsNot() throws Exception {
    Served.Said said = ask("hi", ", \"store\": false");
    assertThat(said.json().path("store").asBoolean(true)).isFalse();
    assertThat(api.get("one", PATH + "/" + said.at("/id")).status()).isEqualTo(404);
  }

  @Test
  void storedAnswersGoAfterThirtyDays() throws Exception {
    String path = PATH + "/" + ask("hi", "").at("/id");
    api.now = api.now.plus(Duration.ofDays(30));
    assertThat(api.get("one", path).status()).isEqualTo(200);
    api.now = api.now.plusSeconds(1);
    assertThat(api.get("one", path).status()).isEqualTo(404);
  }
}
