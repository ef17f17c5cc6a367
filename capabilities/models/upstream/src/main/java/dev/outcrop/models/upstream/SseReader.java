package dev.outcrop.models.upstream;

import dev.outcrop.models.upstream.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2). The data of an event stays in one buffer
 * that the next one reuses, since making a string of each costs more than parsing it. An event at
 * the end of the stream counts without its empty line, which some servers leave out.
 */
public final class SseReader {

  private static final int LARGEST_EVENT = 16 << 20;

  private final InputStream in;
  private final int largest;
  private byte[] input = new byte[8192];
  private int position;
  private int limit;
  private boolean lineFeedMaySkip;
  private byte[] line = new byte[1024];
  private int lineLength;
  private byte[] data = new byte[4096];
  private int dataLength;
  private String name;
  private boolean first = true;

  public SseReader(InputStream in) {
    this(in, LARGEST_EVENT);
  }

  /**
   * @param largest most bytes of a line and of an event's data
   */
  public SseReader(InputStream in, int largest) {
    this.in = in;
    this.largest = largest;
  }

  /**
   * Goes to the next event that has data.
   *
   * @return false at the end
   * @throws Failure when an event is too large, or the stream breaks
   */
  public boolean next() {
    dataLength = 0;
    name = null;
    boolean any = false;
    while (readLine()) {
      if (lineLength > 0) {
        any |= field();
      } else if (any) {
        dataLength--;
        return true;
      } else {
        name = null;
      }
    }
    if (any) {
      dataLength--;
    }
    return any;
  }

  /** The event's name; null without one. */
  public String name() {
    return name;
  }

  /** The data is in the first {@link #length} bytes; valid until the next event. */
  public byte[] data() {
    return data;
  }

  public int length() {
    return dataLength;
  }

  /** Whether the data is this text of ASCII characters. */
  public boolean is(String text) {
    if (text.length() != dataLength) {
      return false;
    }
    for (int i = 0; i < dataLength; i++) {
      if (data[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Takes in a line; true when it was data. */
  private boolean field() {
    if (starts("data")) {
      int from = valueAt(4);
      int length = lineLength - from;
      data = grown(data, dataLength, length + 1);
      System.arraycopy(line, from, data, dataLength, length);
      dataLength += length;
      data[dataLength++] = '\n';
      return true;
    }
    if (starts("event")) {
      int from = valueAt(5);
      name = new String(line, from, lineLength - from, StandardCharsets.UTF_8);
    }
    return false;
  }

  private boolean starts(String field) {
    int length = field.length();
    if (lineLength < length || (lineLength > length && line[length] != ':')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (line[i] != field.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int valueAt(int colon) {
    int from = Math.min(colon + 1, lineLength);
    return from < lineLength && line[from] == ' ' ? from + 1 : from;
  }

  /** Reads a line, which LF, CR or CRLF ends; false at the end of the stream. */
  private boolean readLine() {
    lineLength = 0;
    while (true) {
      if (position == limit && !fill()) {
        return lineLength > 0;
      }
      if (lineFeedMaySkip) {
        lineFeedMaySkip = false;
        if (input[position] == '\n') {
          position++;
          continue;
        }
      }
      int from = position;
      while (position < limit && input[position] != '\n' && input[position] != '\r') {
        position++;
      }
      line = grown(line, lineLength, position - from);
      System.arraycopy(input, from, line, lineLength, position - from);
      lineLength += position - from;
      if (position < limit) {
        lineFeedMaySkip = input[position++] == '\r';
        skipByteOrderMark();
        return true;
      }
    }
  }

  private void skipByteOrderMark() {
    if (first
        && lineLength >= 3
        && line[0] == (byte) 0xef
        && line[1] == (byte) 0xbb
        && line[2] == (byte) 0xbf) {
      System.arraycopy(line, 3, line, 0, lineLength -= 3);
    }
    first = false;
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, in.read(input, 0, input.length));
      return limit > 0;
    } catch (IOException e) {
      throw new Failure(Kind.BROKEN, "its compressed answer is damaged", e);
    }
  }

  private byte[] grown(byte[] bytes, int used, int more) {
    if (used + more > largest) {
      throw new Failure(
          Kind.BROKEN, 0, "an event of its stream is longer than " + largest + " bytes");
    }
    return used + more <= bytes.length
        ? bytes
        : Arrays.copyOf(bytes, Math.max(used + more, Math.min(largest, bytes.length * 2)));
  }
}
