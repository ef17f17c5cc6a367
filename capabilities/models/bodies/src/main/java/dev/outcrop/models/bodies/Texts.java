package dev.outcrop.models.bodies;

import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.RuntimeErrors;

/** Texts cut to a number of tokens. */
final class Texts {

  private Texts() {}

  /** What is cut from a text that is too long. */
  enum Truncate {
    START,
    END,
    /** Nothing: it is refused. */
    NONE,
    /** Nothing, as the model takes texts of any length. */
    NEVER
  }

  /**
   * The text, cut to at most so many tokens. The cut is searched for by halves, since only the
   * model knows where a token ends.
   */
  static String fit(String text, int most, Truncate truncate, EmbeddingModel model) {
    if (truncate == Truncate.NEVER || model.countTokens(text) <= most) {
      return text;
    }
    if (truncate == Truncate.NONE) {
      throw RuntimeErrors.invalid(
          "too many tokens: a text has more than " + most + ", shorten it or set truncate");
    }
    int fits = 0;
    int tooLong = text.length();
    while (tooLong - fits > 1) {
      int half = (fits + tooLong) >>> 1;
      if (model.countTokens(cut(text, half, truncate)) <= most) {
        fits = half;
      } else {
        tooLong = half;
      }
    }
    return cut(text, fits, truncate);
  }

  private static String cut(String text, int length, Truncate truncate) {
    if (truncate == Truncate.END) {
      int end =
          Character.isHighSurrogate(text.charAt(Math.max(0, length - 1))) ? length - 1 : length;
      return text.substring(0, Math.max(0, end));
    }
    int start = text.length() - length;
    return text.substring(
        start < text.length() && Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
  }
}
