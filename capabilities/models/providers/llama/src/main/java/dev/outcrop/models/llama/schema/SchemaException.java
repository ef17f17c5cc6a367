package dev.outcrop.models.llama.schema;

/** A schema that is wrong, that no value fulfils, or whose values can't be written surely. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaException(String message) {
    super(message);
  }
}
