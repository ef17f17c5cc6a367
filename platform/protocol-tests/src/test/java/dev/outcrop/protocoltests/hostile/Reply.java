package dev.outcrop.protocoltests.hostile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came back for a {@link Message}, over a connection of its own.
 *
 * @param status 0 where nothing came
 * @param headers by name in any case
 * @param body as sent, chunks put together
 */
record Reply(int status, Map<String, String> headers, byte[] body) {
  private static final int PATIENCE_MILLIS = 10_000;

  /**
   * Sends the message and reads until the server closes the connection.
   *
   * @throws java.net.SocketTimeoutException when it is silent for ten seconds
   */
  static Reply to(Message message, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(message.bytes());
        out.flush();
      } catch (SocketException e) {
        // Refused before all of it was read; the answer is there.
      }
      return parse(read(socket.getInputStream()));
    }
  }

  private static byte[] read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        all.write(part, 0, count);
      }
    } catch (SocketException e) {
      // The server closed with bytes of ours unread.
    }
    return all.toByteArray();
  }

  private static Reply parse(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, Map.of(), bytes);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    String rest = text.substring(end + 4);
    boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
    byte[] body = (chunked ? joined(rest) : rest).getBytes(StandardCharsets.ISO_8859_1);
    return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
  }

  private static String joined(String chunks) {
    StringBuilder body = new StringBuilder();
    int at = 0;
    while (at < chunks.length()) {
      int line = chunks.indexOf("\r\n", at);
      int size = line < 0 ? 0 : Integer.parseInt(chunks.substring(at, line).strip(), 16);
      if (size == 0) {
        break;
      }
      body.append(chunks, line + 2, Math.min(chunks.length(), line + 2 + size));
      at = line + 2 + size + 2;
    }
    return body.toString();
  }

  String header(String name) {
    return headers.get(name);
  }

  InputStream stream() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public String toString() {
    return status + " " + headers + "\n" + new String(body, StandardCharsets.UTF_8);
  }
}
