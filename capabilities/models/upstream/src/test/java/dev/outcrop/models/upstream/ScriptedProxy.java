package dev.outcrop.models.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy. Whatever host it is asked for, it connects to one port of this machine: by {@code
 * CONNECT} it tunnels, other requests go on as they came.
 */
public final class ScriptedProxy implements AutoCloseable {

  /** The first line of each request that opened a connection through it. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  private final ServerSocket socket;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Starts one that leads to a port. */
  public ScriptedProxy(int port) {
    try {
      socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> accept(port));
  }

  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void accept(int port) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client, port));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client, int port) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(server);
      InputStream in = client.getInputStream();
      String line = line(in);
      asked.add(line);
      if (line.startsWith("CONNECT ")) {
        while (!line(in).isEmpty()) {
          // the head of the request is of no interest
        }
        client
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else {
        server.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
    } catch (IOException e) {
      // one side has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // the other direction ends, too
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
