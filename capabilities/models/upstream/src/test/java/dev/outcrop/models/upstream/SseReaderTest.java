package dev.outcrop.models.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {

  private static List<String> events(InputStream in) {
    SseReader reader = new SseReader(in);
    List<String> events = new ArrayList<>();
    while (reader.next()) {
      String data = new String(reader.data(), 0, reader.length(), StandardCharsets.UTF_8);
      events.add((reader.name() == null ? "" : reader.name()) + "|" + data);
    }
    return events;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives the text in pieces of random lengths, so that nothing may depend on where one ends. */
  private static InputStream pieces(String text, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(len, 1 + random.nextInt(3)));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEventsWhateverEndsLines(String end) {
    String text =
        String.join(
            end,
            "\uFEFF: a comment",
            "event: first",
            "data: one",
            "data:two",
            "id: 7",
            "retry: 10",
            "",
            "",
            ":",
            "event: nothing",
            "",
            "data",
            "",
            "data: größer 😀",
            "database: no",
            "",
            "");
    List<String> expected = List.of("first|one\ntwo", "|", "|größer 😀");
    assertThat(events(bytes(text))).isEqualTo(expected);
    for (long seed = 0; seed < 50; seed++) {
      assertThat(events(pieces(text, seed))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void readsTheLastEventWithoutItsEmptyLine() {
    assertThat(events(bytes("data: 1\n\ndata: [DONE]"))).containsExactly("|1", "|[DONE]");
    assertThat(events(bytes("data: 1\n"))).containsExactly("|1");
    assertThat(events(bytes(""))).isEmpty();
    assertThat(events(bytes(": only a comment"))).isEmpty();
  }

  @Test
  void comparesWithoutMakingText() {
    SseReader reader = new SseReader(bytes("data: [DONE]\n\n"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.is("[DONE]")).isTrue();
    assertThat(reader.is("[DONE")).isFalse();
    assertThat(reader.is("[DONF]")).isFalse();
  }

  @Test
  void readsLargeEventsUpToTheLimit() {
    String large = "x".repeat(100_000);
    assertThat(events(bytes("data: " + large + "\n\n"))).containsExactly("|" + large);
    InputStream tooLarge = bytes("data: " + "x".repeat(2000) + "\n\n");
    assertThatThrownBy(() -> new SseReader(tooLarge, 1000).next())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("longer than 1000 bytes");
    InputStream manyLines = bytes("data: xxxxxxxx\n".repeat(200));
    assertThatThrownBy(() -> new SseReader(manyLines, 1000).next()).isInstanceOf(Failure.class);
  }

  /** A server that never ends its line must not fill the memory. */
  @Test
  void endsEndlessLines() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] b, int off, int len) {
            java.util.Arrays.fill(b, off, off + len, (byte) 'x');
            return len;
          }
        };
    assertThatThrownBy(() -> new SseReader(endless).next()).isInstanceOf(Failure.class);
  }
}
