package dev.outcrop.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/**
 * The response body, written with blocking calls. Small writes are gathered until a flush. A head
 * with a content-length travels with the first bytes, all others at once.
 */
final class ResponseBody extends OutputStream {
  private static final int GATHER = 8 << 10;
  private static final long UNKNOWN = -1;

  private final Response response;
  private final long length;
  private final boolean silent;
  private byte[] gathered = new byte[0];
  private int count;
  private long written;
  private boolean last;

  private ResponseBody(Response response, long length, boolean silent) {
    this.response = response;
    this.length = length;
    this.silent = silent;
  }

  static ResponseBody start(Request request, Response response) throws IOException {
    int status = response.getStatus();
    boolean silent = request.getMethod().equals("HEAD") || HttpStatus.hasNoBody(status);
    if (HttpStatus.hasNoBody(status) && status != HttpStatus.NOT_MODIFIED_304) {
      response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
    }
    long length = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    var body = new ResponseBody(response, length, silent);
    if (silent || length == 0) {
      body.send(true, ByteBuffer.allocate(0));
    } else if (length == UNKNOWN) {
      body.send(false, ByteBuffer.allocate(0));
    }
    return body;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int size) throws IOException {
    if (silent || size == 0) {
      return;
    }
    written += size;
    if (last || length != UNKNOWN && written > length) {
      throw new IOException(
          "wrote "
              + written
              + " bytes into a response "
              + (last ? "that has ended" : "of " + length));
    }
    if (written == length && count == 0) {
      send(true, ByteBuffer.wrap(bytes, offset, size));
    } else if (count + size <= GATHER) {
      gather(bytes, offset, size);
    } else {
      flush();
      send(written == length, ByteBuffer.wrap(bytes, offset, size));
    }
  }

  private void gather(byte[] bytes, int offset, int size) throws IOException {
    if (gathered.length < count + size) {
      gathered = java.util.Arrays.copyOf(gathered, Math.min(GATHER, 2 * (count + size)));
    }
    System.arraycopy(bytes, offset, gathered, count, size);
    count += size;
    if (written == length) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (count > 0) {
      ByteBuffer bytes = ByteBuffer.wrap(gathered, 0, count);
      count = 0;
      send(written == length, bytes);
    } else if (!last && !response.isCommitted()) {
      send(false, ByteBuffer.allocate(0));
    }
  }

  /** Ends the response; a body shorter than its content-length is broken off by the server. */
  @Override
  public void close() throws IOException {
    if (!last) {
      ByteBuffer bytes = ByteBuffer.wrap(gathered, 0, count);
      count = 0;
      send(true, bytes);
    }
  }

  private void send(boolean end, ByteBuffer bytes) throws IOException {
    last |= end;
    try (Blocker.Callback done = Blocker.callback()) {
      response.write(end, bytes, done);
      done.block();
    }
  }
}
