package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Saved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finished conversations in ordinary memory, least recently used first out. In the key-value cache
 * they would slow down all others, as attention walks over every cell that is taken; to bring one
 * back costs milliseconds, to compute it again seconds.
 */
final class Shelf {
  private final int most;
  private final int mostTokens;
  private final List<Kept> kept = new ArrayList<>();
  private long clock;

  /** A saved conversation. */
  static final class Kept {
    final Tokens tokens;
    final Saved state;
    private long lastUse;

    private Kept(Tokens tokens, Saved state) {
      this.tokens = tokens;
      this.state = state;
    }
  }

  /**
   * @param most most conversations
   * @param mostTokens most tokens of all of them together
   */
  Shelf(int most, int mostTokens) {
    this.most = most;
    this.mostTokens = mostTokens;
  }

  /** The one with the longest beginning in common; null when none has more than so many tokens. */
  Kept find(Tokens tokens, int moreThan) {
    Kept best = null;
    int length = moreThan;
    for (Kept one : kept) {
      int common = one.tokens.commonPrefix(tokens);
      if (common > length) {
        best = one;
        length = common;
      }
    }
    return best;
  }

  void used(Kept one) {
    one.lastUse = ++clock;
  }

  /** Puts a conversation on the shelf; what is hardly more than its beginning goes. */
  void add(Tokens tokens, Saved state) {
    List.copyOf(kept).stream()
        .filter(k -> k.tokens.size() - k.tokens.commonPrefix(tokens) < Cache.WORTH_KEEPING)
        .forEach(this::drop);
    while (!kept.isEmpty() && (kept.size() >= most || size() + tokens.size() > mostTokens)) {
      drop(kept.stream().min(Comparator.comparingLong(k -> k.lastUse)).orElseThrow());
    }
    Kept one = new Kept(tokens, state);
    used(one);
    kept.add(one);
  }

  private long size() {
    return kept.stream().mapToLong(k -> k.tokens.size()).sum();
  }

  void drop(Kept one) {
    kept.remove(one);
    one.state.close();
  }
}
