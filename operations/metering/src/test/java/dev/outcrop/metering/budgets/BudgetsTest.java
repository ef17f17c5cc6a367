package dev.outcrop.metering.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.metering.Calls;
import dev.outcrop.metering.Databases;
import dev.outcrop.metering.ledger.Ledger;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.models.calls.CallObserver.Watch;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import dev.outcrop.storage.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;

class BudgetsTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final String PROFILE =
      "arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/abc123def456";
  private static final CatalogueEntry CLAUDE = Calls.chat("claude", Calls.PRICES);

  @TempDir private Path folder;
  private Database database;
  private Ledger ledger;
  private UsageReport report;

  @BeforeEach
  void open() {
    database = Databases.open(folder.resolve("metering.db"));
    ledger = new Ledger(database, InstantSource.system());
    report = new UsageReport(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Budgets budgets(BudgetSettings settings, CatalogueEntry... others) {
    return new Budgets(
        report,
        InstantSource.fixed(NOON),
        id -> java.util.Arrays.stream(others).filter(entry -> entry.id().equals(id)).findFirst(),
        Map.of("test", settings));
  }

  private static BudgetSettings usd(String amount, Period period) {
    return new BudgetSettings(
        Optional.of("team-a"), Optional.empty(), Optional.of(amount), 0, period);
  }

  /** Costs at most $0.00525 and uses {@code input} tokens of 1000 reserved, no output. */
  private void spend(Budgets budgets, ModelCall call, long input) {
    Watch row = ledger.begin(call);
    Watch reservation = budgets.begin(call);
    row.end(Calls.done(call, input, 0));
    reservation.end(Calls.done(call, input, 0));
  }

  @Test
  void refusesTheCallThatCouldSpendMoreAndSaysAllAboutIt() {
    Budgets budgets = budgets(usd("0.01", Period.MONTH));
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    spend(budgets, call, 1000);
    spend(budgets, call, 1000);
    assertThatThrownBy(() -> budgets.begin(call))
        .isInstanceOf(ServiceQuotaExceededException.class)
        .hasMessageContainingAll(
            "'test'",
            "$0.01 a month",
            "$0.006 are spent",
            "can use $0.00525",
            "2026-04-01T00:00:00Z");
  }

  @Test
  void chargesWhatWasUsedAndNotWhatWasReserved() {
    Budgets budgets = budgets(usd("0.005256", Period.TOTAL));
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    spend(budgets, call, 1);
    spend(budgets, call, 1);
    spend(budgets, call, 1);
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("$0.000009 are spent");
  }

  @Test
  void anAnswerThatTellsNothingIsChargedAsReserved() {
    Budgets budgets = budgets(usd("0.006", Period.TOTAL));
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    spend(budgets, call, 0);
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("$0.00525 are spent");
  }

  @Test
  void aDialogueEndsWhenWhatItUsesNoLongerFits() {
    Budgets budgets = budgets(usd("0.01", Period.DAY));
    ModelCall call = Calls.call(CLAUDE, "team-a", null, NOON, 0, 100);
    Watch dialogue = budgets.begin(call);
    Watch other = budgets.begin(call);
    dialogue.used(CLAUDE, new Usage(2000, 100, 0, 0, 0));
    assertThatThrownBy(() -> dialogue.used(CLAUDE, new Usage(3000, 100, 0, 0, 0)))
        .isInstanceOf(ServiceQuotaExceededException.class)
        .hasMessageContainingAll("'test'", "can use $0.0105");
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("$0.012 reserved");
    dialogue.end(Calls.done(call, 3000, 100));
    other.end(Calls.done(call, 1, 0));
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("$0.010503 are spent");
  }

  @Test
  void releasesTheReservationOfFailedCalls() {
    Budgets budgets = budgets(usd("0.00525", Period.DAY));
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    Watch first = budgets.begin(call);
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("$0.00525 reserved");
    first.end(Calls.failed(call, new IllegalStateException()));
    budgets.begin(call);
  }

  @Test
  void isForItsKeyAndProfileAlone() {
    Budgets key = budgets(usd("0", Period.DAY));
    assertThat(key.begin(Calls.call(CLAUDE, "team-b", NOON))).isSameAs(Watch.NONE);
    Budgets profile =
        budgets(
            new BudgetSettings(
                Optional.empty(), Optional.of(PROFILE), Optional.empty(), 1099, Period.DAY));
    profile.begin(Calls.call(CLAUDE, "team-a", null, NOON, 1000, 100));
    assertThatThrownBy(() -> profile.begin(Calls.call(CLAUDE, "team-a", PROFILE, NOON, 1000, 100)))
        .hasMessageContainingAll("1099 tokens a day", "2026-03-11T00:00:00Z");
    profile.begin(Calls.call(CLAUDE, "team-a", PROFILE, NOON, 1000, 99));
  }

  @Test
  void beginsAnewWithItsPeriodAndSurvivesARestart() {
    ModelCall today = Calls.call(CLAUDE, "team-a", NOON);
    spend(budgets(usd("0.0053", Period.DAY)), today, 1000);
    Budgets restarted = budgets(usd("0.0053", Period.DAY));
    assertThatThrownBy(() -> restarted.begin(today)).hasMessageContaining("$0.003 are spent");
    restarted.begin(Calls.call(CLAUDE, "team-a", NOON.plus(Duration.ofDays(1))));
    assertThatThrownBy(() -> budgets(usd("0.0053", Period.MONTH)).begin(today))
        .hasMessageContaining("$0.003 are spent");
  }

  @Test
  void reservesForTheDearestModelThatCanComeToServe() {
    Prices dear = new Prices(BigDecimal.valueOf(300), BigDecimal.valueOf(15), null, null, null);
    Budgets budgets = budgets(usd("0.01", Period.DAY), Calls.chat("dear", dear));
    budgets
        .begin(Calls.call(CLAUDE, "team-a", NOON))
        .end(Calls.failed(Calls.call(CLAUDE, "team-a", NOON), new IllegalStateException()));
    CatalogueEntry failingOver = Calls.chat("claude", Calls.PRICES, "dear");
    assertThatThrownBy(() -> budgets.begin(Calls.call(failingOver, "team-a", NOON)))
        .hasMessageContaining("can use $0.3015");
  }

  @Test
  void wantsPricesBeforeItCountsMoney() {
    Budgets budgets = budgets(usd("5", Period.DAY));
    ModelCall call = Calls.call(Calls.chat("mystery", Prices.UNKNOWN), "team-a", NOON);
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("what mystery costs");
  }

  @Test
  void newSettingsKeepWhatWasSpent() {
    Budgets budgets = budgets(usd("0.0053", Period.DAY));
    ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
    spend(budgets, call, 1000);
    budgets.configure(Map.of("test", usd("0.0083", Period.DAY)));
    spend(budgets, call, 1000);
    assertThatThrownBy(() -> budgets.begin(call)).hasMessageContaining("$0.006 are spent");
    budgets.configure(Map.of());
    assertThat(budgets.begin(call)).isSameAs(Watch.NONE);
  }

  @Test
  void noNumberOfCallsAtOnceGetsPastIt() {
    Budgets budgets = budgets(usd("1", Period.MONTH));
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 200; thread++) {
        threads.submit(
            () -> {
              for (int n = 0; n < 20; n++) {
                ModelCall call = Calls.call(CLAUDE, "team-a", NOON);
                long used = ThreadLocalRandom.current().nextLong(1, 1001);
                try {
                  spend(budgets, call, used);
                } catch (ServiceQuotaExceededException e) {
                  refused.incrementAndGet();
                }
              }
            });
      }
    }
    // 4000 calls of $0.0015 in the mean are six times the budget.
    long spent = report.spent("team-a", null, NOON).nanoDollars();
    assertThat(spent).isBetween(1_000_000_000L - 5_250_000L, 1_000_000_000L);
    assertThat(refused.get()).isPositive();
  }
}
