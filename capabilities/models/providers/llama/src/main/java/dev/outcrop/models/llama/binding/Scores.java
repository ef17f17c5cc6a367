package dev.outcrop.models.llama.binding;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The scores of all tokens after one of a batch, where the sampler reads them. */
public final class Scores {
  private final MemorySegment scores;

  Scores(MemorySegment scores) {
    this.scores = scores;
  }

  /** Makes a token impossible. */
  public void ruleOut(int token) {
    scores.setAtIndex(JAVA_FLOAT, token, Float.NEGATIVE_INFINITY);
  }

  public boolean ruledOut(int token) {
    return scores.getAtIndex(JAVA_FLOAT, token) == Float.NEGATIVE_INFINITY;
  }
}
