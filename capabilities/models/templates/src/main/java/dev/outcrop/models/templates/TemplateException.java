package dev.outcrop.models.templates;

/**
 * A chat template that can't be rendered exactly as its reference would: it uses what is not
 * implemented, or the reference itself fails, or the template raised an exception on purpose.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message);
  }
}
