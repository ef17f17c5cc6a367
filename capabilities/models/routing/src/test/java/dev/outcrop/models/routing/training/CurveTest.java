package dev.outcrop.models.routing.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outcrop.models.routing.Difficulty;
import dev.outcrop.models.routing.training.Example.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measures themselves, with the shipped model as an order of prompts. */
class CurveTest {
  private static final String EASY = "Who wrote Hamlet?";
  private static final String HARD = "Find the eigenvalues of the matrix [[2,1],[1,3]].";

  private static Curve curve(double easyCheap, double hardCheap) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      examples.add(Example.of("", Subject.MATHS, EASY, easyCheap, 1));
      examples.add(Example.of("", Subject.MATHS, HARD, hardCheap, 1));
    }
    return new Curve(Difficulty.shipped(), examples);
  }

  @Test
  void whatIsInOrderIsPerfect() {
    Curve perfect = curve(1, 0);
    assertThat(perfect.area()).isEqualTo(1);
    // All of the gap from half of the prompts on, and half of it on the way there.
    assertThat(perfect.gapRecovered()).isCloseTo(0.75, within(0.01));
    assertThat(perfect.cheapQuality()).isEqualTo(0.5);
    Curve.Outcome half = perfect.at(15);
    assertThat(half).isEqualTo(new Curve.Outcome(0.5, 1, 0.75));
  }

  @Test
  void whatIsUpsideDownIsWorseThanChance() {
    Curve wrong = curve(0, 1);
    assertThat(wrong.area()).isZero();
    assertThat(wrong.gapRecovered()).isCloseTo(0.25, within(0.01));
    assertThat(wrong.at(15).quality()).isLessThan(wrong.at(15).byChance());
  }

  @Test
  void whereNoneNeedsTheAbleModelThereIsNoOrder() {
    assertThat(curve(0.9, 0.9).area()).isNaN();
  }
}
