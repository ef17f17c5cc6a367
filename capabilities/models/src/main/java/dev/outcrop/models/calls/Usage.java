package dev.outcrop.models.calls;

/**
 * What a call consumed.
 *
 * @param input tokens read that no cache had
 * @param output tokens written
 * @param cacheRead input tokens that a cache had
 * @param cacheWrite input tokens put into a cache
 * @param images images made
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite, long images) {

  /** Nothing. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);
}
