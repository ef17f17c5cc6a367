package dev.outcrop.knowledge.parsing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to go on after the deadline. */
class TimedInput extends FilterInputStream {
  private final Deadline deadline;

  TimedInput(InputStream in, Deadline deadline) {
    super(in);
    this.deadline = deadline;
  }

  /** Called with the number of bytes just read. */
  void count(long bytes) {}

  @Override
  public int read() throws IOException {
    deadline.check();
    int b = in.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    deadline.check();
    int read = in.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    deadline.check();
    long skipped = in.skip(n);
    count(skipped);
    return skipped;
  }
}
