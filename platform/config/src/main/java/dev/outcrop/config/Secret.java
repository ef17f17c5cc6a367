package dev.outcrop.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password or key. Printing it shows that there is one and no more. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value, to be handed to whoever asks for it and to nobody else. */
  public String reveal() {
    return value;
  }

  /** Takes equally long wherever the two differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
