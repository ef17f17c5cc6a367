package dev.outcrop.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection to the fake upstream, which has one request at a time. */
record GatewayUpstreamConnection(SocketChannel channel, ByteBuffer buffer) {
  private static final int LARGEST = 32_768;

  GatewayUpstreamConnection(SocketChannel channel) {
    this(channel, ByteBuffer.allocate(LARGEST));
  }

  /** The body of a request that has come in whole; null while more is to come. */
  String request() throws IOException {
    if (channel.read(buffer) < 0) {
      throw new EOFException();
    }
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return null;
    }
    String body = text.substring(head + 4);
    int length = text.indexOf("ontent-");
    while (length >= 0 && !text.regionMatches(true, length + 7, "length:", 0, 7)) {
      length = text.indexOf("ontent-", length + 7);
    }
    if (length < 0 || length > head) {
      throw new IOException("the fake upstream wants Content-Length: " + text);
    }
    String value = text.substring(length + 14, text.indexOf('\r', length));
    if (body.length() < Integer.parseInt(value.strip())) {
      return null;
    }
    buffer.clear();
    return body;
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        Thread.onSpinWait(); // answers fit into the socket's buffer unless nobody reads them
      }
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
