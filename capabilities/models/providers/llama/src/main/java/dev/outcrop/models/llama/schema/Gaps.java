package dev.outcrop.models.llama.schema;

/**
 * Whether a grammar also has texts that are not valid, because something in the schema can't be
 * told by a grammar. Such texts have to be checked when they are complete.
 */
final class Gaps {
  private boolean any;

  /** Notes that something was left out. */
  void add() {
    any = true;
  }

  boolean any() {
    return any;
  }
}
