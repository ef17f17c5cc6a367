package dev.outcrop.knowledge.parsing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Looks for streams in a PDF that unpack to more than is reasonable. PDFBox unpacks a stream into
 * memory before anyone can count, so all are unpacked here first, and what comes out is thrown
 * away. Streams packed several times over are followed inwards.
 */
final class PdfStreams {
  private static final byte[] MARK = "stream".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_LAYERS = 8;

  private final Source source;
  private final byte[] sink = new byte[1 << 16];

  private PdfStreams(Source source) {
    this.source = source;
  }

  static void requireReasonable(Source source) throws IOException {
    PdfStreams streams = new PdfStreams(source);
    try (RandomAccessFile file = new RandomAccessFile(source.file().toFile(), "r");
        InputStream in = source.open()) {
      streams.scan(in, file);
    }
  }

  /** Finds the word {@code stream} where it is followed by the two bytes that zlib begins with. */
  private void scan(InputStream in, RandomAccessFile file) throws IOException {
    int matched = 0;
    long position = 0;
    for (int c; (c = in.read()) >= 0; position++) {
      if (matched == MARK.length) {
        if (c == '\r' || c == '\n' || c == ' ') {
          continue;
        }
        if (c == 0x78 || c == 0x68 || c == 0x58 || c == 0x48 || c == 0x38 || c == 0x28
            || c == 0x18) {
          measure(file, position);
        }
        matched = 0;
      }
      matched = c == MARK[matched] ? matched + 1 : c == MARK[0] ? 1 : 0;
    }
  }

  private void measure(RandomAccessFile file, long position) throws IOException {
    file.seek(position);
    InputStream raw = Channels.newInputStream(file.getChannel());
    InputStream layer = new BufferedInputStream(new TimedInput(raw, source.deadline()));
    for (int i = 0; i < MOST_LAYERS && layer != null; i++) {
      layer = inner(new PushbackInputStream(new InflaterInputStream(layer), 2));
    }
  }

  /**
   * @return the stream, if what comes out is packed again; otherwise it is read to its end
   */
  private InputStream inner(PushbackInputStream out) throws IOException {
    long total = 0;
    try {
      byte[] start = out.readNBytes(2);
      if (start.length == 2 && isZlib(start)) {
        out.unread(start);
        return out;
      }
      for (int read; (read = out.read(sink)) >= 0; ) {
        total += read;
        source.deadline().check();
        if (total > source.limits().unpackedBytes()) {
          throw Refusal.over("bytes in one stream when unpacked", source.limits().unpackedBytes());
        }
      }
    } catch (ZipException | java.io.EOFException e) {
      return null;
    }
    return null;
  }

  private static boolean isZlib(byte[] b) {
    return (b[0] & 15) == 8 && ((b[0] & 255) * 256 + (b[1] & 255)) % 31 == 0;
  }
}
