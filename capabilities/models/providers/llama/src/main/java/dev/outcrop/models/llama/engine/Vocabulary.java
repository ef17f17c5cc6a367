package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Model;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The bytes of every token, and which ones end an answer. */
final class Vocabulary {
  /** Control tokens with which some models write calls of tools. */
  private static final Set<String> CALLS =
      Set.of("[TOOL_CALLS]", "[ARGS]", "<tool_call>", "</tool_call>", "<|python_tag|>");

  private final byte[][] pieces;
  private final boolean[] ends;

  Vocabulary(Model model) {
    pieces = new byte[model.vocabularySize()][];
    ends = new boolean[pieces.length];
    for (int token = 0; token < pieces.length; token++) {
      ends[token] = model.ends(token);
      pieces[token] = ends[token] ? new byte[0] : model.piece(token);
      if (pieces[token].length == 0 && !ends[token]) {
        byte[] special = model.specialPiece(token);
        boolean call = CALLS.contains(new String(special, StandardCharsets.UTF_8));
        pieces[token] = call ? special : pieces[token];
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
