package dev.outcrop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** What was acknowledged is there after kill -9. */
@Timeout(120)
class KillTest {
  @TempDir private Path folder;

  @Test
  void acknowledgedEventsSurviveTheProcess() throws IOException {
    int batches = acknowledged(200) + 1;
    try (Running running = new Running(folder)) {
      running.now = Instant.now();
      List<String> messages =
          running.client.filterLogEventsPaginator(f -> f.logGroupName("g")).events().stream()
              .map(FilteredLogEvent::message)
              .toList();
      assertThat(messages).hasSizeGreaterThanOrEqualTo(batches * KilledWriter.BATCH);
      assertThat(messages.size() % KilledWriter.BATCH).isZero();
      for (int i = 0; i < messages.size(); i++) {
        assertThat(messages.get(i)).isEqualTo("event " + i);
      }
    }
  }

  /** The last batch that was acknowledged before the process was killed. */
  private int acknowledged(int enough) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process
        .toHandle()
        .onExit()
        .orTimeout(80, TimeUnit.SECONDS)
        .exceptionally(
            late -> {
              process.toHandle().destroyForcibly();
              return process.toHandle();
            });
    int last = -1;
    try (BufferedReader in = process.inputReader()) {
      for (String line; (line = in.readLine()) != null; ) {
        last = Integer.parseInt(line);
        if (last == enough) {
          process.toHandle().destroyForcibly(); // the process's own would close the stream
        }
      }
    }
    return last;
  }
}
