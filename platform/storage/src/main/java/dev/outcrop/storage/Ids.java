package dev.outcrop.storage;

import java.security.SecureRandom;

/** New ids in the forms that AWS uses; none can be guessed from another. */
public final class Ids {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** Ten upper-case letters and digits: knowledge bases, data sources, agents, prompts, flows. */
  public static String alphanumeric10() {
    StringBuilder id = new StringBuilder(10);
    for (int i = 0; i < 10; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
