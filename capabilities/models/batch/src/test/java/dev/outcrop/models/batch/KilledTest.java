package dev.outcrop.models.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus.COMPLETED;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed without warning in the middle of a job; the next one goes on. */
@Timeout(120)
class KilledTest {
  /** Records that a job has in hand: what a kill can cost. */
  private static final int IN_HAND = 8;

  @TempDir private Path home;

  @Test
  void aJobGoesOnWhereItWasKilled() throws Exception {
    String arn = killedAfter(120, "first");
    killedAfter(260, "second");
    List<String> before = answered();
    try (Installation here = new Installation(home, InstantSource.system())) {
      assertThat(here.await(arn, COMPLETED).successRecordCount()).isEqualTo(Killed.RECORDS + 1);
      List<String> output =
          here.get("out", Installation.output(arn, "a.jsonl.out"))
              .lines()
              .map(line -> Json.read(line, JsonNode.class).get("recordId").asText())
              .toList();
      assertThat(output)
          .isEqualTo(IntStream.range(0, Killed.RECORDS).mapToObj(i -> "r" + i).toList());
      assertThat(here.get("out", Installation.output(arn, "b.jsonl.out")))
          .contains("said the last");
      // What was answered to an earlier process is not asked again, but for what was in its hands.
      Set<String> again = new HashSet<>(here.words.asked.keySet());
      again.retainAll(new HashSet<>(before));
      assertThat(again).hasSizeLessThanOrEqualTo(IN_HAND);
      assertThat(before.size() - new HashSet<>(before).size()).isLessThanOrEqualTo(IN_HAND);
      assertThat(before).hasSizeGreaterThanOrEqualTo(260);
      assertThat(Stream.concat(before.stream(), here.words.asked.keySet().stream()).distinct())
          .hasSize(Killed.RECORDS + 1);
    }
  }

  private List<String> answered() throws IOException {
    Path file = home.resolve("answered");
    return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : List.of();
  }

  private String killedAfter(int answers, String which) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                home.toString(),
                which)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      while (answered().size() < answers) {
        assertThat(process.isAlive()).as("the process").isTrue();
        Thread.sleep(10);
      }
    } finally {
      process.toHandle().destroyForcibly();
    }
    process.waitFor();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
