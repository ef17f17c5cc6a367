package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Block;
import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Collects the blocks of a document, keeps track of the headings above them, and keeps count. */
final class Blocks {
  /**
   * Longer text is cut in pieces at white space, so that nobody has to handle a 50 MB paragraph.
   */
  private static final int LONGEST = 100_000;

  private static final int LONGEST_HEADING = 500;

  private record Heading(double level, String text) {}

  private final ParsingLimits limits;
  private final Deadline deadline;
  private final List<Block> blocks = new ArrayList<>();
  private final Deque<Heading> open = new ArrayDeque<>();
  private List<String> headings = List.of();
  private long length;

  Blocks(ParsingLimits limits, Deadline deadline) {
    this.limits = limits;
    this.deadline = deadline;
  }

  List<Block> all() {
    return blocks;
  }

  int size() {
    return blocks.size();
  }

  /**
   * A heading closes those of the same and of higher levels.
   *
   * @param level 1 is the outermost; any scale will do as long as outer is less
   */
  void heading(double level, String text, int page) {
    String line = Text.oneLine(text);
    if (line.isEmpty()) {
      return;
    }
    if (line.length() > LONGEST_HEADING) {
      add(Kind.PARAGRAPH, text, page);
      return;
    }
    while (!open.isEmpty() && open.peekLast().level() >= level) {
      open.removeLast();
    }
    path();
    add(Kind.HEADING, line, page);
    open.addLast(new Heading(level, line));
    path();
  }

  /** Adds a block unless its text is blank. */
  void add(Kind kind, String raw, int page) {
    deadline.check();
    String text = kind == Kind.CODE ? Text.code(raw) : Text.clean(raw);
    for (int from = 0; from < text.length(); ) {
      int to = cut(text, from);
      put(kind, from == 0 && to == text.length() ? text : text.substring(from, to), page);
      from = to;
    }
  }

  private void put(Kind kind, String text, int page) {
    if (text.isBlank()) {
      return;
    }
    length += text.length();
    room();
    blocks.add(new Block(kind, text, page, headings));
  }

  private static int cut(String text, int from) {
    if (text.length() - from <= LONGEST) {
      return text.length();
    }
    for (int at = from + LONGEST; at > from + LONGEST / 2; at--) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    int at = from + LONGEST;
    return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
  }

  /** Adds the blocks of a document that was found inside this one, under a heading of its own. */
  void addAll(String title, Blocks inner) {
    String line = Text.oneLine(title);
    add(Kind.HEADING, line, 0);
    List<String> above = new ArrayList<>(headings);
    above.add(line);
    for (Block block : inner.blocks) {
      List<String> path = new ArrayList<>(above);
      path.addAll(block.headings());
      length += block.text().length();
      room();
      blocks.add(new Block(block.kind(), block.text(), block.page(), List.copyOf(path)));
    }
  }

  private void room() {
    if (length > limits.textLength()) {
      throw Refusal.over("characters of text", limits.textLength());
    }
    if (blocks.size() >= limits.blocks()) {
      throw Refusal.over("paragraphs", limits.blocks());
    }
  }

  private void path() {
    headings = open.stream().map(Heading::text).toList();
  }
}
