package dev.outcrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class UsageCommandTest {
  @Test
  void readsDaysAndDaysBack() {
    assertThat(UsageCommand.day("2026-11-01")).isEqualTo(LocalDate.of(2026, 11, 1));
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    assertThat(UsageCommand.day("7d"))
        .isBetween(before.minusDays(7), LocalDate.now(ZoneOffset.UTC).minusDays(7));
    assertThatThrownBy(() -> UsageCommand.day("yesterday")).hasMessageContaining("7d");
    assertThatThrownBy(() -> UsageCommand.day("2026-13-01")).hasMessageContaining("2026-11-01");
  }

  @Test
  void whatHasNoPriceIsUnknownAndNotNothing() {
    assertThat(UsageCommand.cost(line("0.00", 0))).isEqualTo("$0.00");
    assertThat(UsageCommand.cost(line("0.25", 0))).isEqualTo("$0.25");
    assertThat(UsageCommand.cost(line("0.00", 2))).isEqualTo("unknown");
    assertThat(UsageCommand.cost(line("0.25", 1))).isEqualTo("over $0.25");
  }

  private static Installation.UsageLine line(String dollars, long unpriced) {
    return new Installation.UsageLine("m", 2, 0, 1, 1, 0, 0, 0, dollars, unpriced, 1);
  }
}
