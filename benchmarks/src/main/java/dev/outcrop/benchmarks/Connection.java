package dev.outcrop.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A kept-alive HTTP/1.1 connection that costs next to nothing: prepared bytes go out, an answer is
 * read to its end and forgotten. A full client would weigh more than the server measured.
 */
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final byte[] discarded = new byte[16_384];

  Connection(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
  }

  /** The bytes of a POST of JSON, signed for a service as far as routing looks at it. */
  static byte[] post(String path, String service, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: */*\r\n"
            + "X-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
            + "Credential=local/20260101/us-east-1/"
            + service
            + "/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + "0".repeat(64)
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return (head + json).getBytes(StandardCharsets.UTF_8);
  }

  /** Sends a request and reads the whole answer; how many nanoseconds until the body began. */
  long call(byte[] request) throws IOException {
    long start = System.nanoTime();
    long length = begin(request);
    if (length >= 0) {
      skip(length);
      return System.nanoTime() - start;
    }
    long first = 0;
    for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
      first = first == 0 ? System.nanoTime() - start : first;
      skip(chunk + 2);
    }
    skip(2);
    return first;
  }

  /**
   * Sends a request and reads the whole answer; how many nanoseconds until the piece of the body
   * that holds this text.
   */
  long until(byte[] request, String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    long length = begin(request);
    if (length >= 0) {
      byte[] body = in.readNBytes((int) length);
      return holds(body, wanted) ? System.nanoTime() - start : missed(text);
    }
    long found = 0;
    for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
      byte[] piece = in.readNBytes((int) chunk);
      if (found == 0 && holds(piece, wanted)) {
        found = System.nanoTime() - start;
      }
      skip(2);
    }
    skip(2);
    return found > 0 ? found : missed(text);
  }

  /** Sends a request and reads the head of its answer; the body's length, -1 when in chunks. */
  private long begin(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String status = line();
    if (!status.contains(" 200 ")) {
      throw new IOException("the server answered " + status);
    }
    long length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
    }
    return length;
  }

  private static long missed(String text) throws IOException {
    throw new IOException("the answer does not hold " + text);
  }

  private static boolean holds(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private long chunk() throws IOException {
    return Long.parseLong(line().strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      int read = in.read(discarded, 0, (int) Math.min(left, discarded.length));
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
