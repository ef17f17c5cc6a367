package dev.outcrop.logs.filter;

/** A filter pattern that can't be read; the message says where and why. */
public final class PatternException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PatternException(String message) {
    super(message);
  }
}
