package dev.outcrop.models.templates;

/** What was rendered so far; bounded. */
final class Output {
  private static final int LIMIT = 16 << 20;

  private final StringBuilder text = new StringBuilder();

  void append(String more) {
    check((long) text.length() + more.length());
    text.append(more);
  }

  /** Texts that are put together may not be longer either. */
  static void check(long length) {
    if (length > LIMIT) {
      throw new TemplateException("the template makes more than " + LIMIT + " characters");
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
