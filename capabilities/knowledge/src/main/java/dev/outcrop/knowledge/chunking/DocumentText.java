package dev.outcrop.knowledge.chunking;

import dev.outcrop.knowledge.parsing.ParsedDocument;
import dev.outcrop.knowledge.parsing.ParsedDocument.Block;
import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed document as one string with the places where it may be cut. Blocks stand apart by an
 * empty line, items and rows of one list or table by a line break, so chunks read like the
 * document.
 */
final class DocumentText {

  /** A sentence, row or heading: the smallest piece that is kept whole when it fits. */
  record Piece(int start, int end, Block block) {
    boolean heading() {
      return block.kind() == Kind.HEADING;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final List<Piece> pieces = new ArrayList<>();

  DocumentText(ParsedDocument document) {
    Block previous = null;
    for (Block block : document.blocks()) {
      String content = block.text().strip();
      if (!content.isEmpty()) {
        if (previous != null) {
          text.append(separator(previous, block));
        }
        add(block, content);
        previous = block;
      }
    }
  }

  String text() {
    return text.toString();
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** The chunk that reaches from the first to the last of these neighbouring pieces. */
  static Chunk chunk(String text, List<Piece> pieces) {
    Block block = pieces.getFirst().block();
    int start = pieces.getFirst().start();
    int end = pieces.getLast().end();
    return new Chunk(
        text.substring(start, end),
        start,
        end,
        block.page(),
        headings(pieces),
        sentences(pieces, start));
  }

  /** Those above the chunk; the first within it where there are none. */
  private static List<String> headings(List<Piece> pieces) {
    for (Piece piece : pieces) {
      if (!piece.block().headings().isEmpty()) {
        return piece.block().headings();
      }
      if (piece.heading()) {
        return List.of(piece.block().text().strip());
      }
    }
    return List.of();
  }

  private static List<Sentences.Span> sentences(List<Piece> pieces, int base) {
    List<Sentences.Span> spans = new ArrayList<>();
    Block previous = null;
    for (Piece piece : pieces) {
      if (!piece.heading()) {
        // Code makes sense as a whole only.
        boolean goesOn = piece.block() == previous && previous.kind() == Kind.CODE;
        int from = goesOn ? spans.removeLast().start() : piece.start() - base;
        spans.add(new Sentences.Span(from, piece.end() - base));
      }
      previous = piece.block();
    }
    return List.copyOf(spans);
  }

  private void add(Block block, String content) {
    int base = text.length();
    text.append(content);
    if (block.kind() == Kind.HEADING || block.kind() == Kind.TABLE_ROW) {
      pieces.add(new Piece(base, base + content.length(), block));
    } else if (block.kind() == Kind.CODE) {
      addLines(block, content, base);
    } else {
      Sentences.split(content)
          .forEach(s -> pieces.add(new Piece(base + s.start(), base + s.end(), block)));
    }
  }

  private void addLines(Block block, String content, int base) {
    int from = 0;
    while (from < content.length()) {
      int line = content.indexOf('\n', from);
      int to = line < 0 ? content.length() : line;
      if (!content.substring(from, to).isBlank()) {
        pieces.add(new Piece(base + from, base + to, block));
      }
      from = to + 1;
    }
  }

  private static String separator(Block previous, Block block) {
    boolean series =
        previous.kind() == block.kind()
            && (block.kind() == Kind.LIST_ITEM || block.kind() == Kind.TABLE_ROW);
    return series ? "\n" : "\n\n";
  }
}
