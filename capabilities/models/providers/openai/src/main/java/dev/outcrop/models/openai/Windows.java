package dev.outcrop.models.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Cuts texts that are longer than a model's window into overlapping pieces. Pieces are cut between
 * characters and shortened until they fit, as the number of tokens of a piece isn't known before it
 * is counted.
 */
final class Windows {

  /** The part of a piece that the next one repeats. */
  private static final double OVERLAP = 0.1;

  private Windows() {}

  static List<String> of(String text, int window, ToIntFunction<String> tokens) {
    // No tokenizer in use makes more tokens than bytes, and a char is at most three of those.
    if (text.length() <= window / 3) {
      return List.of(text);
    }
    int all = tokens.applyAsInt(text);
    if (all <= window) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    int length = Math.max(1, (int) ((long) text.length() * window / all));
    int from = 0;
    while (from < text.length()) {
      int to = boundary(text, Math.min(text.length(), from + length));
      while (to - from > 1 && tokens.applyAsInt(text.substring(from, to)) > window) {
        to = Math.max(from + 1, boundary(text, from + (to - from) * 9 / 10));
      }
      pieces.add(text.substring(from, to));
      if (to == text.length()) {
        break;
      }
      from = Math.max(from + 1, boundary(text, to - (int) ((to - from) * OVERLAP)));
    }
    return pieces;
  }

  /** Not between the halves of a surrogate pair. */
  private static int boundary(String text, int at) {
    boolean inside =
        at > 0
            && at < text.length()
            && Character.isLowSurrogate(text.charAt(at))
            && Character.isHighSurrogate(text.charAt(at - 1));
    return inside ? at + 1 : at;
  }
}
