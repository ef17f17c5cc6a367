package dev.outcrop.knowledge.parsing;

import java.util.Locale;

/** The reason why a document is not read, on its way out through a library's callbacks. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String reason) {
    super(reason);
  }

  Refusal(String reason, Throwable cause) {
    super(reason, cause);
  }

  static Refusal encrypted(Throwable cause) {
    return new Refusal("the document is encrypted: remove the password and try again", cause);
  }

  static Refusal over(String what, long limit) {
    return new Refusal(
        String.format(Locale.ROOT, "the document has more than %,d %s", limit, what));
  }
}
