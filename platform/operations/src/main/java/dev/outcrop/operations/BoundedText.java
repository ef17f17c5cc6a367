package dev.outcrop.operations;

/** A text that may be looked at only so often, so that no pattern can search it for ever. */
final class BoundedText implements CharSequence {
  private final CharSequence text;
  private long steps;

  BoundedText(CharSequence text, long steps) {
    this.text = text;
    this.steps = steps;
  }

  /** The search took too many steps. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExhaustedException() {
      super("Too many steps", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (--steps < 0) throw new ExhaustedException();
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
