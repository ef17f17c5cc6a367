package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Context;
import dev.outcrop.models.llama.binding.LlamaException;
import dev.outcrop.models.llama.binding.Saved;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The key-value cache: lines in use, and idle lines kept because a later request may begin with the
 * same tokens. A new line takes over the longest prefix it has in common with any other without
 * computing it: of one in the cache without a cell of its own, of one on the shelf by copying it
 * back. Idle lines go to the shelf when the next line begins or their cells are needed.
 */
final class Cache {
  /** A line with fewer tokens than this beyond what another has is not worth keeping. */
  static final int WORTH_KEEPING = 32;

  private final Context context;
  private final Cells cells;
  private final boolean reusable;
  private final int window;
  private final int keep;
  private final Shelf shelf;
  private final Deque<Integer> freeIds = new ArrayDeque<>();
  private final List<Line> used = new ArrayList<>();
  private final List<Line> idle = new ArrayList<>();

  /**
   * @param parallel most lines in use
   * @param keep most idle lines
   * @param reusable false for models whose state can't be cut back
   * @param window width of the sliding attention window; 0 for none
   */
  Cache(Context context, int size, int parallel, int keep, boolean reusable, int window) {
    this.context = context;
    this.cells = new Cells(size);
    this.reusable = reusable;
    this.window = window;
    this.keep = reusable ? keep : 0;
    this.shelf = new Shelf(keep, size);
    for (int id = 0; id < parallel + keep; id++) {
      freeIds.add(id);
    }
  }

  /** A line that begins with as much of the tokens as is known, but never all of them. */
  Line open(Tokens tokens) {
    Line line = new Line(freeIds.remove(), new Tokens(new int[0]), new Tokens(new int[0]));
    Line source = null;
    int length = 0;
    for (List<Line> lines : List.of(used, idle)) {
      for (Line other : lines) {
        int common = Math.min(tokens.commonPrefix(other.tokens), tokens.size() - 1);
        if (reusable && common > length && known(other, common)) {
          source = other;
          length = common;
        }
      }
    }
    used.add(line);
    if (source != null) {
      takeOver(source, line, length);
    }
    shelveIdle();
    Shelf.Kept kept = shelf.find(tokens, length + WORTH_KEEPING);
    if (kept != null) {
      restore(kept, line, Math.min(kept.tokens.commonPrefix(tokens), tokens.size() - 1));
    }
    return line;
  }

  private void takeOver(Line source, Line line, int length) {
    context.share(source.id, line.id, length);
    for (int i = 0; i < length; i++) {
      int cell = source.cells.get(i);
      cells.share(cell);
      line.tokens.add(source.tokens.get(i));
      line.cells.add(cell);
    }
    if (source.length() - length < WORTH_KEEPING && idle.contains(source)) {
      drop(source);
    }
  }

  private void restore(Shelf.Kept kept, Line line, int length) {
    if (cells.available() < kept.tokens.size()) {
      return;
    }
    shelf.used(kept);
    empty(line);
    if (!context.restore(kept.state, line.id)) {
      return;
    }
    if (!context.remove(line.id, length) || !known(line, length)) {
      context.remove(line.id, 0);
      return;
    }
    for (int i = 0; i < length; i++) {
      append(line, kept.tokens.get(i));
    }
  }

  /** With a sliding window, old positions may be gone although later ones are there. */
  private boolean known(Line line, int length) {
    return window == 0 || context.firstPosition(line.id) <= Math.max(0, length - window);
  }

  /** Cells that {@link #reserve} could get without touching lines in use. */
  int obtainable() {
    int count = cells.available();
    for (Line line : idle) {
      count += line.length();
    }
    return count;
  }

  /** Makes room by moving idle lines out; returns how many of the wanted cells there are. */
  int reserve(int wanted) {
    if (cells.available() < wanted) {
      shelveIdle();
    }
    return Math.min(wanted, cells.available());
  }

  /** Leaves only lines in use in the cache. */
  void shelveIdle() {
    for (Line line : List.copyOf(idle)) {
      shelve(line);
    }
  }

  private void shelve(Line line) {
    try {
      Saved saved = context.save(line.id);
      shelf.add(line.tokens.first(line.length()), saved);
    } catch (LlamaException | OutOfMemoryError e) {
      // Kept only to be quick: what can't be kept is computed again when it is wanted.
      System.getLogger(Cache.class.getName())
          .log(System.Logger.Level.WARNING, "A conversation could not be kept", e);
    }
    drop(line);
  }

  /** Notes that a token was computed. */
  void append(Line line, int token) {
    line.tokens.add(token);
    line.cells.add(cells.take());
  }

  /** Ends the use of a line, keeping it for its prefix. */
  void close(Line line) {
    if (keep == 0 || line.length() == 0) {
      drop(line);
      return;
    }
    used.remove(line);
    List.copyOf(idle).stream()
        .filter(other -> line.tokens.commonPrefix(other.tokens) == other.length())
        .forEach(this::drop);
    if (idle.size() >= keep) {
      shelve(idle.getFirst());
    }
    idle.add(line);
  }

  /** Forgets a line. */
  void drop(Line line) {
    empty(line);
    used.remove(line);
    idle.remove(line);
    freeIds.add(line.id);
  }

  private void empty(Line line) {
    context.remove(line.id, 0);
    for (int i = 0; i < line.cells.size(); i++) {
      cells.release(line.cells.get(i));
    }
    line.tokens.clear();
    line.cells.clear();
  }
}
