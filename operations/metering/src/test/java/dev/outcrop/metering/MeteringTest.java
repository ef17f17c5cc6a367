package dev.outcrop.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.config.Configuration;
import dev.outcrop.config.Setting;
import dev.outcrop.config.Sources;
import dev.outcrop.metering.budgets.BudgetSettings;
import dev.outcrop.metering.budgets.Period;
import dev.outcrop.metering.ledger.UsageJson;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;

/** All observers together, as the server puts them together. */
class MeteringTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final CatalogueEntry CLAUDE = Calls.chat("claude", Calls.PRICES);

  @TempDir private Path folder;

  private Metering open() {
    return new Metering(
        folder.resolve("metering.db"),
        new TestClock(NOON),
        id -> Optional.empty(),
        MeteringSettings.defaults(),
        Map.of(
            "team-a",
            new BudgetSettings(
                Optional.of("team-a"), Optional.empty(), Optional.of("0.01"), 0, Period.DAY)));
  }

  /** As the inference does: whoever began is ended, with the refusal when there is one. */
  private static void call(List<CallObserver> observers) {
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    List<CallObserver.Watch> watches = new ArrayList<>();
    try {
      observers.forEach(observer -> watches.add(observer.begin(call)));
    } catch (RuntimeException refusal) {
      watches.forEach(watch -> watch.end(Calls.failed(call, refusal)));
      throw refusal;
    }
    watches.forEach(watch -> watch.end(Calls.done(call, 1000, 100)));
  }

  @Test
  void recordsRefusalsAndGoesOnAfterARestart() {
    try (Metering metering = open()) {
      call(metering.observers());
      call(metering.observers());
      assertThatThrownBy(() -> call(metering.observers()))
          .isInstanceOf(ServiceQuotaExceededException.class);
    }
    try (Metering metering = open()) {
      assertThatThrownBy(() -> call(metering.observers()))
          .isInstanceOf(ServiceQuotaExceededException.class);
      var line = metering.usage().lines(UsageReport.By.KEY, LocalDate.EPOCH).getFirst();
      assertThat(line.calls()).isEqualTo(4);
      assertThat(line.failures()).isEqualTo(2);
      assertThat(line.nanoDollars()).isEqualTo(9_000_000);
      assertThat(UsageJson.read(UsageJson.write(List.of(line)))).containsExactly(line);
    }
    assertThat(Metering.usage(folder.resolve("metering.db"), UsageReport.By.MODEL, LocalDate.EPOCH))
        .extracting(UsageReport.Line::name)
        .containsExactly("claude");
    assertThat(Metering.usage(folder.resolve("no.db"), UsageReport.By.DAY, LocalDate.EPOCH))
        .isEmpty();
  }

  @Test
  void holdsKeysToTheirModels() {
    ModelPermissions some =
        new ModelPermissions((key, ids) -> List.of(ids).contains("anthropic.claude-3"));
    ModelPermissions none = new ModelPermissions((key, ids) -> false);
    ModelCall call = Calls.call(Calls.chat("us.anthropic.claude-3", Calls.PRICES), "team-a", NOON);
    some.begin(call);
    assertThatThrownBy(() -> none.begin(call))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("us.anthropic.claude-3");
  }

  /** The part of the configuration that is this module's. */
  record Settings(
      @Setting(doc = "Metering.") MeteringSettings metering,
      @Setting(doc = "Budgets.") Map<String, BudgetSettings> budgets) {}

  @Test
  void isConfigured() {
    Settings settings =
        Configuration.of(Settings.class)
            .load(
                Sources.of(
                    new dev.outcrop.config.Home(folder),
                    Map.of(),
                    Map.of(
                        "budgets.a.key", "team-a",
                        "budgets.a.usd", "12.50",
                        "metering.keep-calls", "7d")));
    assertThat(settings.metering().keepCalls()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.budgets().get("a"))
        .isEqualTo(
            new BudgetSettings(
                Optional.of("team-a"), Optional.empty(), Optional.of("12.50"), 0, Period.MONTH));
    assertThatThrownBy(
            () ->
                new BudgetSettings(
                    Optional.empty(), Optional.empty(), Optional.of("ten"), 0, Period.DAY))
        .hasMessageContaining("12.50");
    assertThatThrownBy(
            () ->
                new BudgetSettings(
                    Optional.empty(), Optional.empty(), Optional.empty(), 0, Period.DAY))
        .hasMessageContaining("usd or tokens");
  }
}
