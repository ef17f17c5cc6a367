package dev.outcrop.models.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The bytes of an answer, read under the eyes of the watch. */
final class AnswerStream extends InputStream {

  private final InputStream in;
  private final Exchange exchange;
  private Consumer<Failure> onFailure = failure -> {};
  private long quick;
  private boolean ended;

  AnswerStream(InputStream in, Exchange exchange) {
    this.in = in;
    this.exchange = exchange;
  }

  void onFailure(Consumer<Failure> listener) {
    onFailure = listener;
  }

  /** Further reads may take no longer than this together. */
  void quick(long nanos) {
    quick = nanos;
    exchange.limit(nanos);
  }

  boolean ended() {
    return ended;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (ended) {
      return -1;
    }
    boolean timed = quick == 0;
    try {
      if (timed) {
        exchange.reading();
      }
      int count = in.read(bytes, offset, length);
      ended = count < 0;
      if (timed) {
        exchange.read();
      }
      return count;
    } catch (IOException e) {
      RuntimeException failure = exchange.failure(e);
      if (failure instanceof Failure known && timed) {
        onFailure.accept(known);
      }
      throw failure;
    }
  }

  @Override
  public int available() throws IOException {
    return ended ? 0 : in.available();
  }
}
