package dev.outcrop.access;

/** A signature that cannot even be read. */
final class MalformedSignature extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedSignature(String message) {
    super(message, null, false, false);
  }
}
