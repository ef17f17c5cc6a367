package dev.outcrop.models.llama.grammar;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks a grammar byte by byte. A position in it is a set of stacks, as the grammar may be
 * ambiguous; each stack's top says what is being read, those below what comes after it.
 */
public final class Matcher {
  private final List<Rule> rules;
  private Set<Frame> stacks = new LinkedHashSet<>();
  private byte[] text = new byte[256];
  private int length;

  /**
   * A rule under way.
   *
   * @param at how far: bytes of a literal, the state of an automaton, parts done
   * @param done a bit for each option of a selection that is used up
   * @param from where items that must differ lie in the text, latest first
   */
  private record Frame(int rule, int at, long done, Span from, Frame below, int hash) {
    static Frame of(int rule, int at, long done, Span from, Frame below) {
      int hash = ((rule * 31 + at) * 31 + Long.hashCode(done)) * 31;
      hash = (hash + (below == null ? 0 : below.hash)) * 31 + (from == null ? 0 : from.begin);
      return new Frame(rule, at, done, from, below, hash);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Frame f
              && hash == f.hash
              && rule == f.rule
              && at == f.at
              && done == f.done
              && (from == f.from || (from != null && from.equals(f.from)))
              && (below == f.below || (below != null && below.equals(f.below))));
    }
  }

  private record Span(int begin, int end, Span before) {}

  /** A place to come back to with {@link #reset}. */
  public record Mark(Object stacks, int length) {}

  public Matcher(Grammar grammar) {
    this.rules = grammar.rules();
    begin(grammar.start(), null, stacks);
  }

  /** Whether the text may end here. */
  public boolean complete() {
    return stacks.contains(null);
  }

  /** Whether the text must end here. */
  public boolean finished() {
    return stacks.size() == 1 && complete();
  }

  public Mark mark() {
    return new Mark(stacks, length);
  }

  @SuppressWarnings("unchecked") // Only made by mark.
  public void reset(Mark mark) {
    stacks = (Set<Frame>) mark.stacks;
    length = mark.length;
  }

  /** Reads these bytes if they may come next; else stays where it was. */
  public boolean accept(byte[] bytes) {
    Mark before = mark();
    for (byte b : bytes) {
      if (!accept(b & 0xFF)) {
        reset(before);
        return false;
      }
    }
    return true;
  }

  /** Reads a byte if it may come next. */
  public boolean accept(int value) {
    if (length == text.length) {
      text = Arrays.copyOf(text, length * 2);
    }
    text[length++] = (byte) value;
    Set<Frame> next = new LinkedHashSet<>();
    for (Frame top : stacks) {
      if (top != null) {
        step(top, value, next);
      }
    }
    if (next.isEmpty()) {
      length--;
      return false;
    }
    stacks = next;
    return true;
  }

  private void step(Frame top, int value, Set<Frame> into) {
    switch (rules.get(top.rule)) {
      case Rule.Literal r -> {
        if ((r.bytes()[top.at] & 0xFF) == value) {
          if (top.at + 1 == r.bytes().length) {
            resume(top.below, into);
          } else {
            into.add(Frame.of(top.rule, top.at + 1, 0, null, top.below));
          }
        }
      }
      case Rule.Regular r -> {
        int state = r.step(top.at, value);
        if (state >= 0) {
          enter(r, top.rule, state, top.below, into);
        }
      }
      default -> throw new IllegalStateException("a rule that reads no bytes is on top");
    }
  }

  private void enter(Rule.Regular r, int rule, int state, Frame below, Set<Frame> into) {
    if (r.next()[state].length > 0) {
      into.add(Frame.of(rule, state, 0, null, below));
    }
    if (r.accepting().get(state)) {
      resume(below, into);
    }
  }

  /** Begins a rule; what follows it is below. */
  private void begin(int number, Frame below, Set<Frame> into) {
    switch (rules.get(number)) {
      case Rule.Literal r -> {
        if (r.bytes().length == 0) {
          resume(below, into);
        } else {
          into.add(Frame.of(number, 0, 0, null, below));
        }
      }
      case Rule.Regular r -> enter(r, number, 0, below, into);
      case Rule.Choice r -> {
        for (int option : r.options()) {
          begin(option, below, into);
        }
      }
      case Rule.Sequence r -> begin(r.parts()[0], Frame.of(number, 1, 0, null, below), into);
      case Rule.Repeated _ -> resume(Frame.of(number, 0, 0, null, below), into);
      case Rule.Items _, Rule.Selection _, Rule.Members _ ->
          resume(Frame.of(number, 0, 0, null, below), into);
    }
  }

  /** Goes on with a rule whose last part has just ended. */
  private void resume(Frame frame, Set<Frame> into) {
    if (frame == null) {
      into.add(null);
      return;
    }
    switch (rules.get(frame.rule)) {
      case Rule.Sequence r -> {
        int at = frame.at;
        boolean last = at + 1 >= r.parts().length;
        if (at == r.parts().length) {
          resume(frame.below, into);
        } else {
          begin(
              r.parts()[at],
              last ? frame.below : Frame.of(frame.rule, at + 1, 0, null, frame.below),
              into);
        }
      }
      case Rule.Repeated r -> {
        if (frame.at >= r.least()) {
          resume(frame.below, into);
        }
        if (frame.at < r.most()) {
          begin(r.part(), Frame.of(frame.rule, frame.at + 1, 0, null, frame.below), into);
        }
      }
      case Rule.Items r -> items(r, frame, into);
      case Rule.Selection r -> selection(r, frame, into);
      case Rule.Members r -> members(r, frame, into);
      default -> throw new IllegalStateException("a rule without parts is below another");
    }
  }

  /** The number of items begun, doubled, and one more when the separator has been read. */
  private void items(Rule.Items r, Frame frame, Set<Frame> into) {
    int count = frame.at / 2;
    Span spans = frame.from;
    if (frame.at % 2 == 0) {
      if (r.unique() && count > 0) {
        spans = new Span(spans.begin, length, spans.before);
        if (repeats(spans)) {
          return;
        }
      }
      if (count >= r.least()) {
        resume(frame.below, into);
      }
      if (count == r.most()) {
        return;
      }
      if (count > 0) {
        begin(r.separator(), Frame.of(frame.rule, frame.at + 1, 0, spans, frame.below), into);
        return;
      }
    }
    int item = count < r.first().length ? r.first()[count] : r.rest();
    Span next = r.unique() ? new Span(length, -1, spans) : null;
    begin(item, Frame.of(frame.rule, 2 * count + 2, 0, next, frame.below), into);
  }

  private boolean repeats(Span last) {
    for (Span other = last.before; other != null; other = other.before) {
      if (Arrays.equals(text, other.begin, other.end, text, last.begin, last.end)) {
        return true;
      }
    }
    return false;
  }

  private void selection(Rule.Selection r, Frame frame, Set<Frame> into) {
    int count = Long.bitCount(frame.done);
    if (frame.at == 0) {
      if (count >= r.least()) {
        resume(frame.below, into);
      }
      if (count == r.most()) {
        return;
      }
      if (count > 0) {
        begin(r.separator(), Frame.of(frame.rule, 1, frame.done, null, frame.below), into);
        return;
      }
    }
    for (int i = 0; i < r.options().length; i++) {
      long bit = 1L << i;
      if ((frame.done & bit) == 0) {
        begin(r.options()[i], Frame.of(frame.rule, 0, frame.done | bit, null, frame.below), into);
      }
    }
  }

  /** Here {@code done} is how many members there are, and {@code at} as for items. */
  private void members(Rule.Members r, Frame frame, Set<Frame> into) {
    int next = frame.at / 2;
    int count = (int) frame.done;
    int mustFollow = required(r, next);
    if (frame.at % 2 == 0) {
      if (mustFollow == 0 && count >= r.least()) {
        resume(frame.below, into);
      }
      boolean more = next < r.known().length || r.others().length > 0;
      if (!more || count + Math.max(1, mustFollow) > r.most()) {
        return;
      }
      if (count > 0) {
        Frame after = Frame.of(frame.rule, frame.at + 1, count, null, frame.below);
        begin(r.separator(), after, into);
        return;
      }
    }
    known(r, frame, next, count, into);
    if (mustFollow == 0) {
      Frame after = Frame.of(frame.rule, 2 * r.known().length, count + 1, null, frame.below);
      for (int other : r.others()) {
        begin(other, after, into);
      }
    }
  }

  private void known(Rule.Members r, Frame frame, int next, int count, Set<Frame> into) {
    for (int i = next; i < r.known().length; i++) {
      int left = r.known().length - i - 1;
      boolean enough = r.others().length > 0 || count + 1 + left >= r.least();
      if (enough && count + 1 + required(r, i + 1) <= r.most()) {
        Frame after = Frame.of(frame.rule, 2 * (i + 1), count + 1, null, frame.below);
        begin(r.known()[i], after, into);
      }
      if (r.required()[i]) {
        return;
      }
    }
  }

  private static int required(Rule.Members r, int from) {
    int count = 0;
    for (int i = from; i < r.required().length; i++) {
      count += r.required()[i] ? 1 : 0;
    }
    return count;
  }
}
