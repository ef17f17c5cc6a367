package dev.outcrop.models.converse;

import dev.outcrop.models.RuntimeErrors;

/** The most bytes of what is attached to a conversation. */
public final class Limits {

  /** 3.75 MB. */
  public static final int IMAGE = 3_932_160;

  /** 4.5 MB. */
  public static final int DOCUMENT = 4_718_592;

  /** 25 MB, as a request can carry. */
  public static final int MEDIA = 26_214_400;

  private Limits() {}

  /**
   * Refuses what is larger.
   *
   * @param at the place in the request
   */
  public static void check(long bytes, String at, int most) {
    if (bytes > most) {
      throw RuntimeErrors.invalid(
          "The value at "
              + at
              + " has more than the "
              + most
              + " bytes that are allowed. Provide a smaller one and try again.");
    }
  }
}
