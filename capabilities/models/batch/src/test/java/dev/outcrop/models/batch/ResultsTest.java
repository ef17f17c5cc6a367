package dev.outcrop.models.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {
  @TempDir private Path folder;

  private static Result result(int record, String json) {
    return new Result(record, record != 2, 3, 4, json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1 1 3 4", "1 1 3 4 {\"half\":", "x y z a b\n", "9 1 3 4 {}\n", "\0\0\0"})
  void whatIsWholeIsFoundAfterACrash(String torn) throws IOException {
    Path file = folder.resolve("results");
    try (Results results = new Results(file, 4, Tally.of(4))) {
      results.add(result(3, "{\"é\":3}"));
      results.add(result(0, "{}"));
    }
    Files.writeString(file, torn + "\0".repeat(torn.length() * 100), StandardOpenOption.APPEND);
    try (Results results = new Results(file, 4, Tally.of(4))) {
      assertThat(results.has(0)).isTrue();
      assertThat(results.has(1)).isFalse();
      results.add(result(2, "{\"two\":2}"));
      assertThat(results.complete()).isFalse();
      assertThat(results.tally()).isEqualTo(new Tally(4, 3, 2, 1, 9, 12));
      byte[] output = results.output().readAllBytes();
      assertThat(new String(output, StandardCharsets.UTF_8))
          .isEqualTo("{}\n{\"two\":2}\n{\"é\":3}\n");
      assertThat(results.outputLength()).isEqualTo(output.length);
    }
  }
}
