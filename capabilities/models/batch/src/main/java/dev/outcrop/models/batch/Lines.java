package dev.outcrop.models.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a JSONL file one after another; blank ones are none. */
final class Lines implements AutoCloseable {
  /** The most that a body of InvokeModel may have. */
  static final int LONGEST = 25_000_000;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;

  Lines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /**
   * A line.
   *
   * @param bytes without its end; null when it is longer than {@link #LONGEST}
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares lines
  record Line(byte[] bytes) {}

  /** The next line; null after the last. */
  Line next() throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean blank = true;
      boolean tooLong = false;
      int b = in.read();
      if (b < 0) {
        return null;
      }
      for (; b >= 0 && b != '\n'; b = in.read()) {
        blank &= b <= ' ';
        if (line.size() == LONGEST) {
          tooLong = true;
        } else {
          line.write(b);
        }
      }
      if (!blank) {
        return new Line(tooLong ? null : line.toByteArray());
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
