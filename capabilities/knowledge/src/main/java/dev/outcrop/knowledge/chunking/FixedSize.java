package dev.outcrop.knowledge.chunking;

import dev.outcrop.knowledge.chunking.DocumentText.Piece;
import dev.outcrop.knowledge.parsing.ParsedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The strategy FIXED_SIZE: chunks of at most {@code maxTokens} of the embedding model's own tokens.
 *
 * <p>Whole sentences, rows and headings are packed greedily. A heading never ends a chunk, and it
 * begins a new one once the chunk before is half full, so that chunks follow sections. A chunk that
 * was cut for its size begins with the last sentences of the one before, as many as fit into the
 * overlap. A sentence longer than a chunk is cut between words; a word longer than a chunk between
 * characters.
 */
public final class FixedSize implements Chunker {
  private final int maxTokens;
  private final int overlapTokens;
  private final ToIntFunction<String> tokens;

  /**
   * @param maxTokens most tokens of a chunk
   * @param overlapPercentage share of a chunk repeated in the next, 0 to 99
   * @param tokens counts the tokens of a text, without the special ones a model adds
   */
  public FixedSize(int maxTokens, int overlapPercentage, ToIntFunction<String> tokens) {
    if (maxTokens < 1 || overlapPercentage < 0 || overlapPercentage > 99) {
      throw new IllegalArgumentException(
          "maxTokens must be positive and the overlap 0 to 99 percent");
    }
    this.maxTokens = maxTokens;
    this.overlapTokens = maxTokens * overlapPercentage / 100;
    this.tokens = tokens;
  }

  @Override
  public List<Chunk> chunk(ParsedDocument document) {
    DocumentText text = new DocumentText(document);
    if (fitsWhole(text)) {
      return List.of(DocumentText.chunk(text.text(), text.pieces()));
    }
    Packing packing = new Packing(text.text());
    for (Piece piece : text.pieces()) {
      packing.add(piece);
    }
    return packing.finish();
  }

  /** A short text without sections: its tokens need no counting piece by piece. */
  private boolean fitsWhole(DocumentText text) {
    return !text.pieces().isEmpty()
        && text.text().length() <= maxTokens * 8
        && text.pieces().stream().noneMatch(Piece::heading)
        && tokens.applyAsInt(text.text()) <= maxTokens;
  }

  private record Counted(Piece piece, int tokens) {}

  /** The chunk being filled and those done. */
  private final class Packing {
    private final String text;
    private final List<Chunk> done = new ArrayList<>();
    private List<Counted> open = new ArrayList<>();
    private int size;
    private int carried;

    Packing(String text) {
      this.text = text;
    }

    void add(Piece piece) {
      int count = tokens.applyAsInt(text.substring(piece.start(), piece.end()));
      if (count > maxTokens) {
        split(piece).forEach(this::place);
      } else {
        place(new Counted(piece, count));
      }
    }

    private void place(Counted next) {
      if (next.piece().heading() && size * 2 > maxTokens && hasBody()) {
        close(List.of());
      } else if (size + next.tokens() > maxTokens || !fits(next)) {
        List<Counted> headings = trailingHeadings();
        open = new ArrayList<>(open.subList(0, open.size() - headings.size()));
        close(headings.isEmpty() ? overlap(next.tokens()) : headings);
        if (size + next.tokens() > maxTokens || !fits(next)) {
          close(List.of());
        }
      }
      open.add(next);
      size += next.tokens();
    }

    /** Tokens of parts don't always add up to the tokens of the whole: count near the limit. */
    private boolean fits(Counted next) {
      if (open.isEmpty() || (size + next.tokens()) * 10 < maxTokens * 9) {
        return true;
      }
      int start = open.getFirst().piece().start();
      return tokens.applyAsInt(text.substring(start, next.piece().end())) <= maxTokens;
    }

    private boolean hasBody() {
      return open.stream().anyMatch(c -> !c.piece().heading());
    }

    private List<Counted> trailingHeadings() {
      int from = open.size();
      while (from > 0 && open.get(from - 1).piece().heading()) {
        from--;
      }
      // A chunk of headings alone stays as it is: moving them would never end.
      return from == 0 ? List.of() : new ArrayList<>(open.subList(from, open.size()));
    }

    private List<Counted> overlap(int nextTokens) {
      int room = Math.min(overlapTokens, maxTokens - nextTokens);
      int from = open.size();
      while (from > 1 && open.get(from - 1).tokens() <= room) {
        room -= open.get(--from).tokens();
      }
      return new ArrayList<>(open.subList(from, open.size()));
    }

    /** Ends the open chunk and begins the next with the carried pieces. */
    private void close(List<Counted> carry) {
      if (open.size() > carried) {
        done.add(DocumentText.chunk(text, open.stream().map(Counted::piece).toList()));
      }
      boolean repeated = !carry.isEmpty() && !open.isEmpty() && open.contains(carry.getFirst());
      open = new ArrayList<>(carry);
      carried = repeated ? carry.size() : 0;
      size = carry.stream().mapToInt(Counted::tokens).sum();
    }

    List<Chunk> finish() {
      close(List.of());
      return done;
    }

    private List<Counted> split(Piece piece) {
      List<Counted> parts = new ArrayList<>();
      int from = piece.start();
      while (from < piece.end()) {
        int to = furthest(from, piece.end());
        String part = text.substring(from, to);
        parts.add(new Counted(new Piece(from, to, piece.block()), tokens.applyAsInt(part)));
        from = to;
        while (from < piece.end() && Character.isWhitespace(text.charAt(from))) {
          from++;
        }
      }
      return parts;
    }

    /** The furthest end, between words if there is one, for which the text fits a chunk. */
    private int furthest(int from, int end) {
      // A token is at least a character, so no more than this many characters can be needed,
      // times sixteen for models whose tokens are long words or runs of spaces.
      int high = Math.min(end, from + Math.max(16, maxTokens * 16));
      int low = from;
      while (low < high) {
        int middle = (low + high + 1) / 2;
        if (tokens.applyAsInt(text.substring(from, middle)) <= maxTokens) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      if (low >= end) {
        return end;
      }
      int word = low;
      while (word > from && !Character.isWhitespace(text.charAt(word))) {
        word--;
      }
      int cut = word > from ? word : Math.max(low, from + 1);
      boolean insidePair = cut < end && Character.isLowSurrogate(text.charAt(cut)) && cut > from;
      return insidePair && cut - 1 > from ? cut - 1 : insidePair ? cut + 1 : cut;
    }
  }
}
