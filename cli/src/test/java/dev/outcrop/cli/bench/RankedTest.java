package dev.outcrop.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankedTest {
  private final Ranked ranked = new Ranked(List.of("a", "x", "b", "y"));

  @Test
  void averagesThePrecisionAtEachRelevantDocumentOverAllOfThem() {
    // 1/1 at a, 2/3 at b, c was not found.
    assertThat(ranked.averagePrecision(Set.of("a", "b", "c")))
        .isCloseTo((1 + 2 / 3.0) / 3, within(1e-12));
    assertThat(ranked.averagePrecision(Set.of("c"))).isZero();
  }

  @Test
  void countsRanksThatWereNotFilledAsWrong() {
    assertThat(ranked.precision(Set.of("a", "b"), 2)).isEqualTo(0.5);
    assertThat(ranked.precision(Set.of("a", "b"), 30)).isCloseTo(2 / 30.0, within(1e-12));
  }

  @Test
  void refusesADocumentThatStandsTwice() {
    List<String> twice = List.of("a", "a");
    assertThatThrownBy(() -> new Ranked(twice)).isInstanceOf(IllegalArgumentException.class);
  }
}
