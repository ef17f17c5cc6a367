package dev.outcrop.models.llama.binding;

/** The engine refused or failed; the message says what about. */
public final class LlamaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LlamaException(String message, Throwable cause) {
    super(message, cause);
  }

  public LlamaException(String message) {
    this(message, null);
  }
}
