package dev.outcrop.models.routing;

/**
 * What the difficulty model knows of a prompt.
 *
 * @param words buckets of words and pairs of words, each counted as {@link #wordValue}
 * @param counts of {@link Counts}
 */
public record Features(int[] words, double[] counts) {
  /** How many buckets of words there are. */
  public static final int BUCKETS = Words.BUCKETS;

  /** How many counts there are. */
  public static final int COUNTS = Counts.SIZE;

  /** How much of each end of a long prompt is read; tasks stand at the ends. */
  private static final int END = 4000;

  /** The features of a prompt. */
  public static Features of(String prompt) {
    String read =
        prompt.length() <= 2 * END
            ? prompt
            : prompt.substring(0, END) + '\n' + prompt.substring(prompt.length() - END);
    return new Features(Words.buckets(read), Counts.of(read));
  }

  /** The value that makes the words a vector of length one, so that long prompts weigh no more. */
  public double wordValue() {
    return words.length == 0 ? 0 : 1 / Math.sqrt(words.length);
  }
}
