package dev.outcrop.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outcrop.metering.Calls;
import dev.outcrop.metering.Databases;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import dev.outcrop.storage.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final String PROFILE =
      "arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/abc123def456";

  @TempDir private Path folder;
  private Database database;
  private Ledger ledger;
  private UsageReport report;

  @BeforeEach
  void open() {
    database = Databases.open(folder.resolve("metering.db"));
    ledger = new Ledger(database, InstantSource.fixed(NOON));
    report = new UsageReport(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void meter(ModelCall call, Outcome outcome) {
    ledger.begin(call).end(outcome);
  }

  @Test
  void keepsAllThatIsKnownOfACall() {
    CatalogueEntry asked = Calls.chat("claude", Calls.PRICES);
    CatalogueEntry served =
        Calls.chat("spare", new Prices(BigDecimal.ONE, BigDecimal.TEN, null, null, null));
    ModelCall call = Calls.call(asked, "team-a", PROFILE, NOON, 10, 10);
    meter(call, new Outcome(served, new Usage(7, 5, 3, 2, 0), "max_tokens", 250, 90, null));
    Record row = database.read(sql -> sql.fetchOne("SELECT * FROM call_record"));
    assertThat(row.intoMap())
        .containsEntry("request_id", call.requestId())
        .containsEntry("used_key", "team-a")
        .containsEntry("profile", PROFILE)
        .containsEntry("operation", "Converse")
        .containsEntry("asked", "claude")
        .containsEntry("served", "spare")
        .containsEntry("failure", "")
        .containsEntry("stop_reason", "max_tokens");
    assertThat(row.get("cost", Long.class)).isEqualTo(57_000);
    assertThat(row.get("latency", Long.class)).isEqualTo(250);
    assertThat(row.get("first_token", Long.class)).isEqualTo(90);
    assertThat(row.get("started", Long.class)).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void namesFailures() {
    ModelCall call = Calls.call(Calls.chat("claude", Calls.PRICES), "team-a", NOON);
    meter(call, Calls.failed(call, ThrottlingException.builder().message("slow down").build()));
    String failure =
        database.read(sql -> sql.fetchOne("SELECT failure FROM call_record").get(0, String.class));
    assertThat(failure).isEqualTo("ThrottlingException");
    assertThat(report.lines(UsageReport.By.KEY, LocalDate.EPOCH).getFirst().failures())
        .isEqualTo(1);
  }

  @Test
  void sumsUpByModelKeyProfileAndDay() {
    CatalogueEntry claude = Calls.chat("claude", Calls.PRICES);
    CatalogueEntry cheap = Calls.chat("cheap", Prices.UNKNOWN);
    ModelCall one = Calls.call(claude, "a", PROFILE, NOON, 1, 1);
    ModelCall two = Calls.call(claude, "b", null, NOON.plus(Duration.ofDays(1)), 1, 1);
    ModelCall three = Calls.call(cheap, "b", null, NOON, 1, 1);
    meter(one, Calls.done(one, 1000, 100));
    meter(two, Calls.done(two, 2000, 200));
    meter(three, Calls.done(three, 10, 20));
    LocalDate day = LocalDate.parse("2026-03-10");
    assertThat(report.lines(UsageReport.By.MODEL, day))
        .extracting(
            UsageReport.Line::name,
            UsageReport.Line::calls,
            UsageReport.Line::nanoDollars,
            UsageReport.Line::unpriced)
        .containsExactly(tuple("claude", 2L, 13_500_000L, 0L), tuple("cheap", 1L, 0L, 1L));
    assertThat(report.lines(UsageReport.By.KEY, day))
        .extracting(UsageReport.Line::name)
        .containsExactly("b", "a");
    assertThat(report.lines(UsageReport.By.PROFILE, day))
        .extracting(UsageReport.Line::name)
        .containsExactly("", PROFILE);
    assertThat(report.lines(UsageReport.By.DAY, day))
        .extracting(UsageReport.Line::name)
        .containsExactly("2026-03-10", "2026-03-11");
    assertThat(report.lines(UsageReport.By.DAY, day.plusDays(1))).hasSize(1);
    assertThat(report.spent("b", null, NOON)).isEqualTo(new UsageReport.Spent(2230, 9_000_000));
    assertThat(report.spent(null, PROFILE, NOON)).isEqualTo(new UsageReport.Spent(1100, 4_500_000));
  }

  @Test
  void forgetsOldCallsAndKeepsTheirDays() {
    CatalogueEntry claude = Calls.chat("claude", Calls.PRICES);
    for (int day = 0; day < 40; day++) {
      for (int n = 0; n < 30; n++) {
        ModelCall call = Calls.call(claude, "a", NOON.minus(Duration.ofDays(day)));
        meter(call, Calls.done(call, 10, 10));
      }
    }
    // Calls of exactly 30 days ago are not older than 30 days.
    assertThat(ledger.forget(Duration.ofDays(30))).isEqualTo(9 * 30);
    int left = database.read(sql -> sql.fetchCount(DSL.table("call_record")));
    assertThat(left).isEqualTo(31 * 30);
    assertThat(report.lines(UsageReport.By.MODEL, LocalDate.EPOCH).getFirst().calls())
        .isEqualTo(1200);
  }
}
