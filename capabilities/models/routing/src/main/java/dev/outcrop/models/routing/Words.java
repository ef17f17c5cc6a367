package dev.outcrop.models.routing;

import java.util.Arrays;

/**
 * The words of a prompt and its pairs of neighbours, as numbers of {@value #BUCKETS} buckets
 * (Weinberger et al. 2009): runs of letters in lower case, single digits, and other signs.
 */
final class Words {
  /** A power of two. */
  static final int BUCKETS = 1 << 15;

  private static final int START = 0x811C9DC5;
  private static final int PRIME = 0x01000193;

  private int[] found = new int[256];
  private int size;
  private int before;

  private Words() {}

  /** The buckets, each once, in order. */
  static int[] buckets(String text) {
    Words words = new Words();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isLetter(c)) {
        int hash = START;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
          hash = (hash ^ Character.toLowerCase(text.charAt(at++))) * PRIME;
        }
        words.word(hash);
      } else {
        if (!Character.isWhitespace(c)) {
          words.word((START ^ c) * PRIME);
        }
        at++;
      }
    }
    return words.distinct();
  }

  private void word(int hash) {
    add(hash);
    if (size > 1) {
      add(before * 31 + hash);
    }
    before = hash;
  }

  private void add(int hash) {
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
    }
    found[size++] = mixed(hash) & (BUCKETS - 1);
  }

  /** MurmurHash3's finalizer: the low bits depend on all. */
  private static int mixed(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }

  private int[] distinct() {
    Arrays.sort(found, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        found[kept++] = found[i];
      }
    }
    return Arrays.copyOf(found, kept);
  }
}
