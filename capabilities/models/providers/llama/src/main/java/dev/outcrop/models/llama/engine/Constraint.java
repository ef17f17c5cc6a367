package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Which tokens may come next in an answer that follows a grammar, from its first token on or from
 * where a marker appears in free text. The grammar's texts begin with a marker.
 */
final class Constraint {
  private final Matcher matcher;
  private final List<byte[]> markers;
  private final int longest;
  private boolean active;

  /** The end of the free text, in which the marker may begin. */
  private byte[] tail = new byte[0];

  Constraint(String grammar, List<String> markers) {
    this.matcher = new Matcher(Grammar.of(Base64.getDecoder().decode(grammar)));
    this.markers = markers.stream().map(m -> m.getBytes(StandardCharsets.UTF_8)).toList();
    this.longest = this.markers.stream().mapToInt(m -> m.length).max().orElse(0);
    this.active = markers.isEmpty();
  }

  /** Whether the grammar decides by now. */
  boolean active() {
    return active;
  }

  /** Whether nothing more may come. */
  boolean finished() {
    return active && matcher.finished();
  }

  /** Whether the answer may end here. */
  boolean mayEnd() {
    return !active || matcher.complete();
  }

  /** Whether these bytes may come next. */
  boolean allows(byte[] bytes) {
    Matcher.Mark before = matcher.mark();
    boolean allowed = bytes.length > 0 && follow(bytes) != null;
    matcher.reset(before);
    return allowed;
  }

  /** Whether a text that begins with this byte may come next. */
  boolean allowsFirst(int value) {
    if (!active) {
      return true;
    }
    Matcher.Mark before = matcher.mark();
    boolean allowed = matcher.accept(value);
    matcher.reset(before);
    return allowed;
  }

  /** Goes on with bytes that are allowed. */
  void accept(byte[] bytes) {
    byte[] rest = follow(bytes);
    if (rest == null) {
      throw new IllegalStateException("a token was taken that the grammar does not allow");
    }
    active = active || rest.length == 0;
    tail = rest;
  }

  /** The end of the free text after these bytes; empty within the grammar; null when refused. */
  private byte[] follow(byte[] bytes) {
    if (active) {
      return matcher.accept(bytes) ? new byte[0] : null;
    }
    byte[] text = Arrays.copyOf(tail, tail.length + bytes.length);
    System.arraycopy(bytes, 0, text, tail.length, bytes.length);
    int begin = begin(text);
    if (begin >= 0) {
      boolean fits = matcher.accept(Arrays.copyOfRange(text, begin, text.length));
      return fits ? new byte[0] : null;
    }
    // Never empty, which would mean that the grammar has begun.
    int kept = Math.max(1, Math.min(text.length, longest - 1));
    return Arrays.copyOfRange(text, text.length - kept, text.length);
  }

  /** Where the first marker begins; -1 when there is none. */
  private int begin(byte[] text) {
    for (int at = 0; at < text.length; at++) {
      for (byte[] marker : markers) {
        int end = Math.min(text.length, at + marker.length);
        if (Arrays.equals(text, at, end, marker, 0, marker.length)) {
          return at;
        }
      }
    }
    return -1;
  }
}
