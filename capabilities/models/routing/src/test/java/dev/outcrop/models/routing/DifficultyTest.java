package dev.outcrop.models.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifficultyTest {
  private final Difficulty difficulty = Difficulty.shipped();

  private double drop(String prompt) {
    return difficulty.predict(prompt).drop();
  }

  @Test
  void reckoningIsHarderThanKnowing() {
    for (String easy :
        List.of(RoutingFixture.EASY, "Who wrote Hamlet?", "Translate 'good morning' to German.")) {
      for (String hard :
          List.of(RoutingFixture.HARD, "Find the eigenvalues of the matrix [[2,1],[1,3]].")) {
        assertThat(drop(easy)).as(easy).isLessThan(drop(hard));
      }
    }
  }

  @Test
  void anyTextHasAPrediction() {
    for (String odd : List.of("", " ", "\u0000", "?", "日本の首都はどこですか", "x".repeat(1_000_000))) {
      Prediction prediction = difficulty.predict(odd);
      assertThat(prediction.able()).isBetween(0.01, 1.0);
      assertThat(prediction.cheap()).isBetween(0.01, 1.0);
    }
  }

  @Test
  void bothEndsOfALongPromptAreRead() {
    String filler = "The weather was fine. ".repeat(2000);
    double between = drop(filler + filler);
    assertThat(drop(RoutingFixture.HARD + filler + filler)).isNotEqualTo(between);
    assertThat(drop(filler + filler + RoutingFixture.HARD)).isNotEqualTo(between);
    assertThat(drop(filler + RoutingFixture.HARD + filler)).isEqualTo(between);
  }

  @Test
  void theModelIsSmallAndSaysWhatItIsMadeOf() throws IOException {
    try (InputStream in = Difficulty.class.getResourceAsStream("difficulty.json")) {
      assertThat(in.readAllBytes()).hasSizeLessThan(300_000);
    }
    assertThat(difficulty.provenance()).containsKeys("command", "data", "learnedFrom", "heldOut");
    assertThat(difficulty.slope()).isBetween(0.0, 1.0);
  }
}
