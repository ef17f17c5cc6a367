package dev.outcrop.http;

import java.io.FilterInputStream;
import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request body that ends with an error when it is longer than allowed. */
final class RequestBody extends FilterInputStream {
  private final long limit;
  private long count;
  private volatile boolean asked;

  RequestBody(Request request, long limit) {
    super(Content.Source.asInputStream(request));
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    asked = true;
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    asked = true;
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    asked = true;
    long skipped = super.skip(n);
    count(skipped);
    return skipped;
  }

  private void count(long n) throws IOException {
    count += n;
    if (count > limit) {
      throw new BodyTooLarge(limit);
    }
  }

  /** Whether anything was read, and so the client told to send if it waits for that. */
  boolean asked() {
    return asked;
  }

  /** Nothing: what was not read is discarded at the end of the exchange. */
  @Override
  public void close() {}
}
