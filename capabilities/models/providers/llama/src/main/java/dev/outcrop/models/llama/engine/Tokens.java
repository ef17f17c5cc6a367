package dev.outcrop.models.llama.engine;

import java.util.Arrays;

/** A growing list of token ids. */
final class Tokens {
  private int[] ids;
  private int size;

  Tokens(int[] initial) {
    ids = Arrays.copyOf(initial, Math.max(16, initial.length));
    size = initial.length;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return ids[index];
  }

  void add(int token) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = token;
  }

  void clear() {
    size = 0;
  }

  /** How many of the first tokens are the same in both. */
  int commonPrefix(Tokens other) {
    int limit = Math.min(size, other.size);
    int mismatch = Arrays.mismatch(ids, 0, limit, other.ids, 0, limit);
    return mismatch < 0 ? limit : mismatch;
  }

  /** A copy of the first tokens. */
  Tokens first(int length) {
    return new Tokens(Arrays.copyOf(ids, length));
  }
}
