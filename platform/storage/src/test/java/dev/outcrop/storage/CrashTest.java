package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;

/** Processes killed without warning while they write. */
@Timeout(120)
class CrashTest {
  @TempDir private Path folder;

  @Test
  void everyAcknowledgedWriteIsThereAndNoneByHalf() throws IOException {
    Path file = folder.resolve("outcrop.db");
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      acknowledged.addAll(killedAfterSome(file, 100 + 37 * round));
    }
    try (Database database = Database.open(file)) {
      Resources<KnowledgeBase> rows =
          new Resources<>(database, InstantSource.system(), Writer.KIND);
      assertThat(acknowledged)
          .hasSizeGreaterThan(300)
          .allMatch(id -> rows.find(id).isPresent() && rows.find("half", id).isPresent());
      assertThat(rows.count("")).isEqualTo(rows.count("half"));
      String integrity =
          database.read(sql -> sql.fetchOne("PRAGMA integrity_check").get(0, String.class));
      assertThat(integrity).isEqualTo("ok");
    }
  }

  private static List<String> killedAfterSome(Path file, int some) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString())
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
      while (acknowledged.size() < some) {
        String line = out.readLine();
        assertThat(line).as("a row written by the process").isNotNull();
        acknowledged.add(line);
      }
      kill(process);
      // Of the last line there may be a part only; an id has ten characters.
      out.lines().filter(line -> line.length() == 10).forEach(acknowledged::add);
    }
    return acknowledged;
  }

  private static ProcessHandle kill(Process process) {
    process.toHandle().destroyForcibly();
    return process.toHandle();
  }
}
