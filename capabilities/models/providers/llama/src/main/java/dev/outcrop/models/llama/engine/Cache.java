package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The key-value cache: lines in use, and idle lines kept because a later request may begin with the
 * same tokens. A new line takes over the longest prefix it has in common with any other, running or
 * idle, without computing it and without a cell of its own. Idle lines give way when cells are
 * needed, least recently used first.
 */
final class Cache {
  private final Context context;
  private final Cells cells;
  private final boolean reusable;
  private final int window;
  private final int keep;
  private final Deque<Integer> freeIds = new ArrayDeque<>();
  private final List<Line> used = new ArrayList<>();
  private final List<Line> idle = new ArrayList<>();
  private long clock;

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
    for (int id = 0; id < parallel + keep; id++) {
      freeIds.add(id);
    }
  }

  /** A line that begins with as much of the tokens as is known, but never all of them. */
  Line open(Tokens tokens) {
    Line source = null;
    int length = 0;
    for (List<Line> lines : List.of(used, idle)) {
      for (Line line : lines) {
        int common = Math.min(tokens.commonPrefix(line.tokens), tokens.size() - 1);
        if (reusable && common > length && known(line, common)) {
          source = line;
          length = common;
        }
      }
    }
    Line line = new Line(freeIds.remove(), tokens.first(length), new Tokens(new int[0]));
    used.add(line);
    if (source != null) {
      takeOver(source, line, length);
    }
    return line;
  }

  private void takeOver(Line source, Line line, int length) {
    context.share(source.id, line.id, length);
    for (int i = 0; i < length; i++) {
      int cell = source.cells.get(i);
      cells.share(cell);
      line.cells.add(cell);
    }
    source.lastUse = ++clock;
    if (source.length() == length && idle.contains(source)) {
      drop(source);
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

  /** Makes room by dropping idle lines; returns how many of the wanted cells there are. */
  int reserve(int wanted) {
    while (cells.available() < wanted && !idle.isEmpty()) {
      drop(idle.stream().min(Comparator.comparingLong(l -> l.lastUse)).orElseThrow());
    }
    return Math.min(wanted, cells.available());
  }

  void dropIdle() {
    List.copyOf(idle).forEach(this::drop);
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
    while (idle.size() >= keep) {
      drop(idle.stream().min(Comparator.comparingLong(l -> l.lastUse)).orElseThrow());
    }
    line.lastUse = ++clock;
    idle.add(line);
  }

  /** Forgets a line. */
  void drop(Line line) {
    context.remove(line.id, 0);
    for (int i = 0; i < line.cells.size(); i++) {
      cells.release(line.cells.get(i));
    }
    used.remove(line);
    idle.remove(line);
    freeIds.add(line.id);
  }
}
