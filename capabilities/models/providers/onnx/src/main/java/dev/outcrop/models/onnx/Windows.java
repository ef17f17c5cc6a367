package dev.outcrop.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text's tokens into windows that a network can see at once. Neighbours share an eighth of a
 * window, so that what is said at a border is seen whole by one of them.
 */
final class Windows {

  private Windows() {}

  /**
   * The windows of {@code ids}, each of at most {@code size} tokens, together covering every token.
   * No tokens make one empty window.
   */
  static List<long[]> of(long[] ids, int size) {
    int stride = Math.max(1, size - size / 8);
    List<long[]> windows = new ArrayList<>();
    int start = 0;
    while (true) {
      int end = Math.min(ids.length, start + size);
      windows.add(Arrays.copyOfRange(ids, start, end));
      if (end == ids.length) {
        return windows;
      }
      start += stride;
    }
  }
}
