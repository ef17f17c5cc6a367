package dev.outcrop.wire.client;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;

/** A publisher of bytes as a stream. */
final class PulledBytes extends InputStream {
  private final Pulled<ByteBuffer> buffers;
  private ByteBuffer current = ByteBuffer.allocate(0);

  PulledBytes(Publisher<ByteBuffer> publisher) {
    buffers = new Pulled<>(publisher);
  }

  @Override
  public int read() {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(bytes, offset, count);
    return count;
  }

  private boolean fill() {
    while (current != null && !current.hasRemaining()) {
      current = buffers.next();
    }
    return current != null;
  }

  @Override
  public int available() {
    return current == null ? 0 : current.remaining();
  }

  @Override
  public void close() {
    buffers.close();
  }
}
