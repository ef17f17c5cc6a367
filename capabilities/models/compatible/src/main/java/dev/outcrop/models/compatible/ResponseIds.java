package dev.outcrop.models.compatible;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of answers and of their parts; who knows none can't guess one. */
final class ResponseIds {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 24;

  private ResponseIds() {}

  /**
   * @param prefix for example {@code resp_}
   */
  static String of(String prefix) {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return prefix + HexFormat.of().formatHex(random);
  }
}
