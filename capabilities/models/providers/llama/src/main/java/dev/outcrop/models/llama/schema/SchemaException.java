package dev.outcrop.models.llama.schema;

/** A schema that is wrong, that no value fulfils, or that is too large to be followed. */
public class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaException(String message) {
    super(message);
  }

  /** A language whose automaton would take too much work. */
  static final class TooComplex extends SchemaException {
    private static final long serialVersionUID = 1L;

    TooComplex() {
      super("a pattern or a range in it is too complex");
    }
  }
}
