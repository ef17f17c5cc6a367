package dev.outcrop.models.routing.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.models.routing.Difficulty;
import dev.outcrop.models.routing.training.Example.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trained on a world in which small models can't do what has "proof" in it. */
class TrainingTest {
  private static final List<String> WORDS =
      List.of(
          "granite", "basalt", "river", "cloud", "lamp", "cat", "paper", "stone", "sea", "tree");

  private static List<Example> examples;
  private static Difficulty difficulty;

  @BeforeAll
  static void train() {
    Random random = new Random(1);
    examples = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      StringBuilder prompt = new StringBuilder();
      for (int word = 0; word < 8; word++) {
        prompt.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      boolean hard = i % 2 == 0;
      prompt.append(hard ? "proof" : "story");
      double cheap = random.nextDouble() < (hard ? 0.2 : 0.9) ? 1 : 0;
      double able = random.nextDouble() < 0.9 ? 1 : 0;
      examples.add(Example.of("world", Subject.REASONING, prompt.toString(), cheap, able));
    }
    difficulty = new Trainer(examples.stream().filter(e -> !e.heldOut()).toList()).train(Map.of());
  }

  @Test
  void learnsWhatIsHard() {
    assertThat(difficulty.predict("a proof").drop()).isGreaterThan(55);
    assertThat(Math.abs(difficulty.predict("a story").drop())).isLessThan(25);
    assertThat(difficulty.slope()).isCloseTo(1, within(0.25));
  }

  @Test
  void whatIsWrittenIsReadAsItWas() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    difficulty.write(written);
    Difficulty read = new ObjectMapper().readValue(written.toByteArray(), Difficulty.class);
    assertThat(read.predict("the river proof")).isEqualTo(difficulty.predict("the river proof"));
  }

  @Test
  void routesHeldOutPromptsBetterThanChance() {
    Curve curve = new Curve(difficulty, examples.stream().filter(Example::heldOut).toList());
    assertThat(curve.area()).isGreaterThan(0.75);
    assertThat(curve.gapRecovered()).isGreaterThan(0.65);
    Curve.Outcome at = curve.at(30);
    assertThat(at.cheapShare()).isBetween(0.3, 0.7);
    assertThat(at.quality()).isGreaterThan(at.byChance() + 0.1);
    assertThat(curve.at(100).quality()).isCloseTo(curve.cheapQuality(), within(1e-9));
  }

  @Test
  void aFifthIsHeldOutByHowPromptsBegin() {
    assertThat(examples.stream().filter(Example::heldOut).count()).isBetween(140L, 260L);
    Example one = Example.of("a", Subject.MATHS, "How  many, then?", 0, 1);
    Example same = Example.of("b", Subject.CODE, "how many then", 1, 1);
    assertThat(one.fold()).isEqualTo(same.fold());
  }
}
