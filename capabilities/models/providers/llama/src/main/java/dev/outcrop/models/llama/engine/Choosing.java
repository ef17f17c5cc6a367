package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.LlamaException;
import dev.outcrop.models.llama.binding.Scores;
import java.util.function.IntSupplier;

/**
 * Samples until the grammar allows the token: what it does not allow is ruled out one by one, and
 * after a few tries all at once, which takes longer.
 */
final class Choosing {
  private static final int TRIES = 12;

  private Choosing() {}

  static int next(
      Constraint constraint, Vocabulary vocabulary, Scores scores, IntSupplier sampler) {
    for (int i = 0; i < TRIES; i++) {
      int token = sampler.getAsInt();
      if (allowed(constraint, vocabulary, token)) {
        return token;
      }
      scores.ruleOut(token);
    }
    boolean[] first = new boolean[256];
    for (int value = 0; value < 256; value++) {
      first[value] = constraint.allowsFirst(value);
    }
    int left = 0;
    for (int token = 0; token < vocabulary.size(); token++) {
      byte[] piece = vocabulary.piece(token);
      boolean begins = piece.length == 0 || first[piece[0] & 0xFF];
      if (scores.ruledOut(token) || !begins || !allowed(constraint, vocabulary, token)) {
        scores.ruleOut(token);
      } else {
        left++;
      }
    }
    if (left == 0) {
      throw new LlamaException(
          "no token of the model continues the answer in the way that the schema asks for");
    }
    return sampler.getAsInt();
  }

  private static boolean allowed(Constraint constraint, Vocabulary vocabulary, int token) {
    return vocabulary.ends(token)
        ? constraint.mayEnd()
        : constraint.active() || vocabulary.piece(token).length > 0
            ? constraint.allows(vocabulary.piece(token))
            : true;
  }
}
