package dev.outcrop.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowsTest {

  @Test
  void coverEveryTokenInOrderAndOverlap() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      long[] ids = LongStream.range(0, random.nextInt(400)).toArray();
      int size = 1 + random.nextInt(60);
      List<long[]> windows = Windows.of(ids, size);
      int covered = 0;
      for (long[] window : windows) {
        assertThat(window.length).isLessThanOrEqualTo(size);
        if (window.length > 0) {
          assertThat(window[0]).isLessThanOrEqualTo(covered);
          assertThat(window[window.length - 1]).isGreaterThanOrEqualTo(covered);
          covered = (int) window[window.length - 1] + 1;
        }
      }
      assertThat(covered).isEqualTo(ids.length);
    }
  }

  @Test
  void whatFitsIsOneWindow() {
    assertThat(Windows.of(new long[0], 8)).hasSize(1);
    assertThat(Windows.of(new long[8], 8)).hasSize(1);
    assertThat(Windows.of(new long[9], 8)).hasSize(2);
    assertThat(Windows.of(LongStream.range(0, 16).toArray(), 8))
        .containsExactly(
            LongStream.range(0, 8).toArray(),
            LongStream.range(7, 15).toArray(),
            LongStream.range(14, 16).toArray());
  }
}
