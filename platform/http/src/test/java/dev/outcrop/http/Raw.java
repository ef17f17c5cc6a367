package dev.outcrop.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A bare socket: sends any bytes, valid HTTP or not. */
final class Raw implements AutoCloseable {
  final Socket socket;

  Raw(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
  }

  static String exchange(HttpServer server, String request) throws IOException {
    try (var raw = new Raw(server.port())) {
      raw.send(request);
      return raw.readAll();
    }
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Everything until the server closes; a reset counts as closing. */
  String readAll() throws IOException {
    var all = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.append((char) b);
      }
    } catch (java.net.SocketException e) {
      all.append("<reset>");
    }
    return all.toString();
  }

  /** Everything up to and with the text. */
  String readUntil(String text) throws IOException {
    var all = new StringBuilder();
    while (all.indexOf(text) < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        throw new IOException("the connection ended after: " + all);
      }
      all.append((char) b);
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
