package dev.outcrop.models.llama.engine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns the bytes of tokens into text that may be shown: whole UTF-8 characters, and nothing that
 * is or may become a stop sequence.
 */
final class StopText {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private byte[] partial = new byte[0];
  private boolean stopped;

  StopText(List<String> stops) {
    this.stops = stops;
  }

  /** Whether a stop sequence has come. */
  boolean stopped() {
    return stopped;
  }

  /** Stop sequences no longer matter. */
  void ignoreStops() {
    stops = List.of();
  }

  /** Adds the bytes of a token and returns what may be shown now. */
  String add(byte[] bytes) {
    decode(bytes, false);
    int at = firstStop();
    if (at >= 0) {
      stopped = true;
      return take(at, held.length());
    }
    int shown = held.length() - holdBack();
    return take(shown, shown);
  }

  /** What was held back, when nothing more comes. */
  String finish() {
    if (stopped) {
      return "";
    }
    decode(new byte[0], true);
    return take(held.length(), held.length());
  }

  private String take(int shown, int removed) {
    String text = held.substring(0, shown);
    held.delete(0, removed);
    return text;
  }

  private int firstStop() {
    int first = -1;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /** The length of the longest end of the text that begins a stop sequence. */
  private int holdBack() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
        if (stop.startsWith(held.substring(held.length() - n))) {
          longest = n;
        }
      }
    }
    return longest;
  }

  private void decode(byte[] bytes, boolean last) {
    ByteBuffer in = ByteBuffer.allocate(partial.length + bytes.length).put(partial).put(bytes);
    in.flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + 2);
    decoder.decode(in, out, last);
    if (last) {
      decoder.flush(out);
    }
    held.append(out.flip());
    partial = new byte[in.remaining()];
    in.get(partial);
  }
}
