package dev.outcrop.models.llama.engine;

/** A sequence in the key-value cache: what was fed into it so far. */
final class Line {
  final int id;
  final Tokens tokens;
  final Tokens cells;

  Line(int id, Tokens tokens, Tokens cells) {
    this.id = id;
    this.tokens = tokens;
    this.cells = cells;
  }

  int length() {
    return tokens.size();
  }
}
