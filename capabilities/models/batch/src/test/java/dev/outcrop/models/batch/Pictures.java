package dev.outcrop.models.batch;

/** A smallest picture. */
final class Pictures {
  /** The signature of a PNG and a byte. */
  static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};

  private Pictures() {}
}
