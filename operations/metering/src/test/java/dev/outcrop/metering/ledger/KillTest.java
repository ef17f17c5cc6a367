package dev.outcrop.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.metering.Calls;
import dev.outcrop.metering.Databases;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.storage.Database;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sum is right to the token after kill -9, with 200 writers. */
@Timeout(120)
class KillTest {
  private static final int CALLS = 100_000;

  @TempDir private Path folder;

  @Test
  void theSumOfAHundredThousandCallsIsExact() throws IOException {
    Path file = folder.resolve("metering.db");
    BitSet acknowledged = run(file, CALLS, CALLS);
    assertThat(acknowledged.cardinality()).isEqualTo(CALLS);
    try (Database database = Databases.open(file)) {
      Sum expected = new Sum();
      acknowledged.stream().forEach(expected::add);
      assertThat(sum(database, "call_record")).isEqualTo(expected.line(CALLS));
      assertThat(sum(database, "usage_day")).isEqualTo(expected.line(CALLS));
    }
  }

  @Test
  void whatWasAcknowledgedIsThereWhenTheWritersAreKilledMidway() throws IOException {
    Path file = folder.resolve("metering.db");
    BitSet acknowledged = run(file, Integer.MAX_VALUE, 20_000);
    try (Database database = Databases.open(file)) {
      long rows =
          database.read(sql -> sql.fetchOne("SELECT count(*) FROM call_record").get(0, Long.class));
      // Killed between the commit and the answer, a call is in the ledger all the same.
      assertThat(rows)
          .isBetween((long) acknowledged.cardinality(), acknowledged.cardinality() + 200L);
      assertThat(sum(database, "usage_day")).isEqualTo(sum(database, "call_record"));
      Sum expected = new Sum();
      acknowledged.stream().forEach(expected::add);
      UsageReport.Spent spent =
          new UsageReport(database).spent(null, null, java.time.Instant.EPOCH);
      assertThat(spent.nanoDollars()).isGreaterThanOrEqualTo(expected.cost);
    }
  }

  /** The numbers that were acknowledged before the process was killed, {@code until} at least. */
  private static BitSet run(Path file, int calls, int until) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                file.toString(),
                Integer.toString(calls))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // A read is not interruptible: should the process hang, its end ends the test.
    process
        .toHandle()
        .onExit()
        .orTimeout(80, TimeUnit.SECONDS)
        .exceptionally(late -> kill(process));
    BitSet acknowledged = new BitSet();
    try (DataInputStream in = new DataInputStream(process.getInputStream())) {
      while (acknowledged.cardinality() < until) {
        acknowledged.set((int) in.readLong());
      }
      kill(process);
      while (true) {
        long n = in.readLong();
        if (n >= 0) {
          acknowledged.set((int) n);
        }
      }
    } catch (EOFException e) {
      return acknowledged;
    }
  }

  private static ProcessHandle kill(Process process) {
    process.toHandle().destroyForcibly();
    return process.toHandle();
  }

  private static String sum(Database database, String table) {
    String calls = table.equals("call_record") ? "count(*)" : "sum(calls)";
    return database.read(
        sql ->
            sql.fetchOne(
                    "SELECT %s || ' calls, ' || sum(input) || ' in, ' || sum(output) || ' out, ' || sum(cost) || ' nano' FROM %s"
                        .formatted(calls, table))
                .get(0, String.class));
  }

  private static final class Sum {
    long input;
    long output;
    long cost;

    void add(int n) {
      input += KilledWriter.input(n);
      output += KilledWriter.output(n);
      cost +=
          Cost.nanoDollars(
              Calls.PRICES, new Usage(KilledWriter.input(n), KilledWriter.output(n), 0, 0, 0));
    }

    String line(int calls) {
      return "%d calls, %d in, %d out, %d nano".formatted(calls, input, output, cost);
    }
  }
}
