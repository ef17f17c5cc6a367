package dev.outcrop.models.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a script answers with. */
public final class Reply {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private boolean chunked;

  Reply(Socket socket, InputStream in) throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
  }

  /** A whole answer; headers as {@code Name: value}. */
  public void send(int status, String type, String body, String... headers) throws IOException {
    send(status, type, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** A whole answer. */
  public void send(int status, String type, byte[] body, String... headers) throws IOException {
    StringBuilder head =
        new StringBuilder(
            "HTTP/1.1 %d Status\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
                .formatted(status, type, body.length));
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    raw(all);
  }

  /** A whole answer in JSON. */
  public void json(int status, String body, String... headers) throws IOException {
    send(status, "application/json", body, headers);
  }

  /** Begins a stream of events. */
  public Reply stream() throws IOException {
    chunked = true;
    raw(
        ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** An event with this data. */
  public Reply event(String data) throws IOException {
    return chunk("data: " + data + "\n\n");
  }

  /** Bytes of a stream as they are. */
  public Reply chunk(String text) throws IOException {
    return chunk(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of a stream as they are. */
  public Reply chunk(byte[] bytes) throws IOException {
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[size.length + bytes.length + 2];
    System.arraycopy(size, 0, all, 0, size.length);
    System.arraycopy(bytes, 0, all, size.length, bytes.length);
    all[all.length - 2] = '\r';
    all[all.length - 1] = '\n';
    raw(all);
    return this;
  }

  /** Bytes of the connection as they are. */
  public void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Closes the connection in the midst of whatever it was saying. */
  public void hangUp() throws IOException {
    socket.close();
  }

  /** Says nothing more, but goes on listening. */
  public void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Waits until the client closes the connection. */
  public void awaitGone() {
    try {
      while (in.read() >= 0) {
        // Nothing should come, and if it does it is not for us.
      }
    } catch (IOException e) {
      // A reset is a way to close, too.
    }
  }

  void end() throws IOException {
    if (chunked && !socket.isClosed() && !socket.isOutputShutdown()) {
      raw("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
