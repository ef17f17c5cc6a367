package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Model;

/** The bytes of every token, and which ones end an answer. */
final class Vocabulary {
  private final byte[][] pieces;
  private final boolean[] ends;

  Vocabulary(Model model) {
    pieces = new byte[model.vocabularySize()][];
    ends = new boolean[pieces.length];
    for (int token = 0; token < pieces.length; token++) {
      ends[token] = model.ends(token);
      pieces[token] = ends[token] ? new byte[0] : model.piece(token);
      if (pieces[token].length == 0 && !ends[token]) {
        // Some models have a control token for the marker of a tool call.
        byte[] special = model.specialPiece(token);
        pieces[token] = special.length > 0 && special[0] == '[' ? special : pieces[token];
      }
    }
  }

  int size() {
    return pieces.length;
  }

  byte[] piece(int token) {
    return pieces[token];
  }

  boolean ends(int token) {
    return ends[token];
  }
}
