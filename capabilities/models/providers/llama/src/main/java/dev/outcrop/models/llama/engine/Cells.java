package dev.outcrop.models.llama.engine;

/**
 * Counts the cells of the key-value cache, one for each token of each sequence; sequences that
 * share a prefix share its cells. llama.cpp does not say how many are free, and running out would
 * cost a failed batch, so we keep the same books.
 */
final class Cells {
  private final int[] owners;
  private final int[] free;
  private int available;

  Cells(int total) {
    owners = new int[total];
    free = new int[total];
    for (int i = 0; i < total; i++) {
      free[i] = total - 1 - i;
    }
    available = total;
  }

  int available() {
    return available;
  }

  int take() {
    int cell = free[--available];
    owners[cell] = 1;
    return cell;
  }

  void share(int cell) {
    owners[cell]++;
  }

  void release(int cell) {
    if (--owners[cell] == 0) {
      free[available++] = cell;
    }
  }
}
