package dev.outcrop.models.templates;

/** What was rendered so far; bounded. */
final class Output {
  private static final int LIMIT = 64 << 20;

  private final StringBuilder text = new StringBuilder();

  void append(String more) {
    if (text.length() + more.length() > LIMIT) {
      throw new TemplateException("the template renders more than " + LIMIT + " characters");
    }
    text.append(more);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
