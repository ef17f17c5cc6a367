package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** What a model does that a body can't say is the model's error, not the client's. */
class FailuresTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "titan-text",
        "llama",
        "jurassic",
        "command",
        "command-r",
        "mistral",
        "deepseek-r1",
        "openai-chat",
        "openai-completion"
      })
  void aStopThatTheBodyCantSayIsAnError(String name) {
    ObjectNode answer = Played.HELLO.deepCopy();
    answer.put("stopReason", "malformed_model_output");
    assertThatThrownBy(() -> play(name, "response", answer, false))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("malformed_model_output");
  }

  @Test
  void argumentsThatAreNoJsonAreAnError() {
    ArrayNode events =
        (ArrayNode)
            Played.json(
                """
                [{"contentBlockStart": {"contentBlockIndex": 0,
                    "start": {"toolUse": {"toolUseId": "t", "name": "weather"}}}},
                 {"contentBlockDelta": {"contentBlockIndex": 0,
                    "delta": {"toolUse": {"input": "{\\"city\\": "}}}},
                 {"contentBlockStop": {"contentBlockIndex": 0}}]
                """);
    assertThatThrownBy(() -> play("command-r", "events", events, true))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("weather");
  }

  private static void play(String name, String key, JsonNode value, boolean streaming) {
    Fixture form =
        Fixture.all().stream()
            .filter(fixture -> fixture.name().equals(name))
            .findFirst()
            .orElseThrow();
    ObjectNode json = form.json().deepCopy();
    json.set(key, value);
    Fixture changed = new Fixture(name, json);
    Played.play(changed, changed.body(), streaming);
  }
}
