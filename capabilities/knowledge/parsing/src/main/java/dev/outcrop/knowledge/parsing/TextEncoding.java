package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds the encoding of plain text: byte order mark, else UTF-8 if valid, else a guess. */
final class TextEncoding {
  private static final Charset WINDOWS_LATIN = Charset.forName("windows-1252");
  private static final int GUESS_FROM = 1 << 20;

  private TextEncoding() {}

  /** The text, without a byte order mark. */
  static Reader open(Source source) throws IOException {
    Charset charset = of(source);
    Reader reader = new InputStreamReader(source.open(), charset);
    return new NoByteOrderMark(reader);
  }

  static Charset of(Source source) throws IOException {
    byte[] head;
    try (InputStream in = source.open()) {
      head = in.readNBytes(1 << 16);
    }
    Charset sure = fromFirstBytes(head);
    if (sure != null) {
      return sure;
    }
    return isUtf8(source) ? StandardCharsets.UTF_8 : guess(source);
  }

  /** Enough to recognize marks in. */
  static String sample(byte[] head) {
    Charset sure = fromFirstBytes(head);
    String text = new String(head, sure == null ? StandardCharsets.UTF_8 : sure);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Text has no NUL and next to no control characters. */
  static boolean isBinary(byte[] head) {
    if (fromFirstBytes(head) != null) {
      return false;
    }
    int control = 0;
    for (byte b : head) {
      if (b == 0) {
        return true;
      }
      boolean white = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1B;
      control += b > 0 && b < ' ' && !white ? 1 : 0;
    }
    return control * 50 > head.length;
  }

  private static Charset fromFirstBytes(byte[] head) {
    int b0 = head.length > 0 ? head[0] & 255 : -1;
    int b1 = head.length > 1 ? head[1] & 255 : -1;
    if (b0 == 0xFE && b1 == 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    if (b0 == 0xFF && b1 == 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (b0 == 0xEF && b1 == 0xBB && head.length > 2 && (head[2] & 255) == 0xBF) {
      return StandardCharsets.UTF_8;
    }
    return withoutMark(head);
  }

  /** In UTF-16 text of most languages every other byte is often zero, the ones between never. */
  private static Charset withoutMark(byte[] head) {
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i & 1] += head[i] == 0 ? 1 : 0;
    }
    int many = head.length / 8;
    if (head.length >= 16 && zeros[0] > many && zeros[1] == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return head.length >= 16 && zeros[1] > many && zeros[0] == 0 ? StandardCharsets.UTF_16LE : null;
  }

  private static boolean isUtf8(Source source) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 14);
    CharBuffer chars = CharBuffer.allocate(1 << 14);
    try (InputStream in = source.open()) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        chars.clear();
        if (decoder.decode(bytes, chars, end).isError()) {
          return false;
        }
        bytes.compact();
      }
      return !decoder.flush(chars.clear()).isError();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Charset guess(Source source) throws IOException {
    UniversalDetector detector = new UniversalDetector();
    byte[] buffer = new byte[8192];
    try (InputStream in = source.open()) {
      int read;
      for (int total = 0; total < GUESS_FROM && (read = in.read(buffer)) > 0; total += read) {
        detector.handleData(buffer, 0, read);
      }
    }
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    boolean usable = name != null && !name.equals("UTF-8") && Charset.isSupported(name);
    return usable ? Charset.forName(name) : WINDOWS_LATIN;
  }

  /** A reader without the byte order mark at the start. */
  private static final class NoByteOrderMark extends Reader {
    private final Reader in;
    private boolean started;

    NoByteOrderMark(Reader in) {
      this.in = in;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (!started && length > 0) {
        started = true;
        int first = in.read();
        if (first != '\uFEFF') {
          buffer[offset] = (char) first;
          return first < 0 ? -1 : 1;
        }
      }
      return in.read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
