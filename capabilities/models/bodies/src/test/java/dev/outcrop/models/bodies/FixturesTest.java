package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vendor's bodies, answers and chunks, field by field. */
class FixturesTest {

  static List<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theBodyBecomesTheRequestAndTheAnswerTheVendorsOwn(Fixture fixture) {
    ObjectNode expected = fixture.json().get("expected").deepCopy();
    JsonNode chunks = expected.remove("chunks");
    if (!fixture.json().path("onlyStreams").asBoolean()) {
      JsonNode played = Played.play(fixture, fixture.body(), false);
      assertThat(played.toPrettyString()).isEqualTo(sortedLike(expected, played));
    }
    if (chunks != null) {
      JsonNode played = Played.play(fixture, fixture.body(), true);
      assertThat(played.get("chunks").toPrettyString())
          .isEqualTo(sortedLike(chunks, played.get("chunks")));
      assertThat(played.get("request")).isEqualTo(expected.get("request"));
    }
  }

  /** Equal trees are shown alike, whatever the order of their keys. */
  private static String sortedLike(JsonNode expected, JsonNode played) {
    return expected.equals(played) ? played.toPrettyString() : expected.toPrettyString();
  }
}
