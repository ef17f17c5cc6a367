package dev.outcrop.models.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class StopTextTest {

  /** However the bytes are cut, the text up to the first stop sequence comes out, and no more. */
  @RepeatedTest(200)
  void cutsDoNotMatter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String text = text(random, 30);
    List<String> stops = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      // Of one length, so that which is complete first does not depend on where they begin.
      stops.add(text(random, 3).substring(0, 2));
    }
    int end = stops.stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);

    StopText stopText = new StopText(stops);
    StringBuilder shown = new StringBuilder();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length && !stopText.stopped(); ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(4));
      shown.append(stopText.add(Arrays.copyOfRange(bytes, from, to)));
      from = to;
    }
    shown.append(stopText.finish());

    assertThat(shown.toString()).isEqualTo(end < 0 ? text : text.substring(0, end));
    assertThat(stopText.stopped()).isEqualTo(end >= 0);
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    String[] characters = {"a", "b", "ß", "漢", "🙂", " "};
    for (int i = 0; i < length; i++) {
      text.append(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  @Test
  void whatMayBecomeAStopSequenceIsHeldBack() {
    StopText text = new StopText(List.of("###"));

    assertThat(text.add(bytes("one #"))).isEqualTo("one ");
    assertThat(text.add(bytes("#"))).isEmpty();
    assertThat(text.add(bytes("x"))).isEqualTo("##x");
    assertThat(text.add(bytes("##"))).isEmpty();
    assertThat(text.finish()).isEqualTo("##");
  }

  @Test
  void anIncompleteCharacterAtTheEndIsReplaced() {
    StopText text = new StopText(List.of());

    assertThat(text.add(new byte[] {(byte) 0xF0, (byte) 0x9F})).isEmpty();
    assertThat(text.finish()).isEqualTo("\uFFFD");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
