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
}
