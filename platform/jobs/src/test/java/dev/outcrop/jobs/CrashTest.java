package dev.outcrop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.storage.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed without warning while they submit and run jobs; the next one finishes them. */
@Timeout(120)
class CrashTest {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED = 12;

  @TempDir private Path folder;

  @Test
  void everyAcknowledgedJobIsDone() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(killedAfterSome("r" + round + "-"));
    }
    try (Database database = Database.open(folder.resolve("outcrop.db"));
        Jobs jobs = new Jobs(database, InstantSource.system(), 3)) {
      assertThat(acknowledged).anyMatch(id -> jobs.active("step", id));
      jobs.register("step", context -> Worker.steps(folder, context, 0)).start();
      for (String id : acknowledged) {
        while (jobs.active("step", id)) {
          Thread.sleep(5);
        }
        // A step can be repeated, once a crash; none is left out or out of order.
        List<String> steps = Files.readAllLines(folder.resolve("log-" + id));
        assertThat(steps.stream().distinct()).containsExactly("0", "1", "2", "3", "4");
        assertThat(steps).isSorted().hasSizeLessThanOrEqualTo(Worker.STEPS + ROUNDS);
      }
    }
  }

  private List<String> killedAfterSome(String prefix) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                folder.toString(),
                prefix)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // A read is not interruptible: should the process hang, its end ends the test.
    process
        .toHandle()
        .onExit()
        .orTimeout(40, TimeUnit.SECONDS)
        .exceptionally(late -> kill(process));
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (acknowledged.size() < ACKNOWLEDGED) {
        String line = out.readLine();
        assertThat(line).as("a job submitted by the process").isNotNull();
        acknowledged.add(line);
      }
      kill(process);
      out.lines().forEach(acknowledged::add);
    }
    return acknowledged;
  }

  private static ProcessHandle kill(Process process) {
    process.toHandle().destroyForcibly();
    return process.toHandle();
  }
}
