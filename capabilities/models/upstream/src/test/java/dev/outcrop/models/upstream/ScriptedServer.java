package dev.outcrop.models.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * An HTTP/1.1 server that answers by script, byte by byte if need be, so that it can be as slow,
 * broken and rude as real ones are.
 */
public final class ScriptedServer implements AutoCloseable {

  /** What it was asked; header names in lower case. */
  public record Asked(String method, String path, Map<String, String> headers, byte[] body) {

    /** The body as JSON. */
    public JsonNode json() {
      try {
        return new JsonMapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Script {
    void answer(Asked asked, Reply reply) throws Exception;
  }

  /** All that it was asked, in order. */
  public final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Connections that are open. */
  public final AtomicInteger connections = new AtomicInteger();

  /** Answers under way. */
  public final AtomicInteger busy = new AtomicInteger();

  private final ServerSocket socket;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Script script;

  /** Starts one. */
  public ScriptedServer(Script script) {
    this(script, 0);
  }

  /** Starts one on a port. */
  public ScriptedServer(Script script, int port) {
    this(script, port, ServerSocketFactory.getDefault());
  }

  /** Starts one with sockets of a kind, for TLS. */
  public ScriptedServer(Script script, int port, ServerSocketFactory sockets) {
    this.script = script;
    try {
      socket = sockets.createServerSocket(port, 2000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** From now on it answers by this one. */
  public void script(Script other) {
    script = other;
  }

  public int port() {
    return socket.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    connections.incrementAndGet();
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      Asked request = read(in);
      while (request != null) {
        asked.add(request);
        Reply reply = new Reply(client, in);
        busy.incrementAndGet();
        try {
          script.answer(request, reply);
          reply.end();
        } finally {
          busy.decrementAndGet();
        }
        request = read(in);
      }
    } catch (Exception e) {
      // The script broke the connection, or the client did.
    } finally {
      connections.decrementAndGet();
      open.remove(client);
    }
  }

  private static Asked read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] words = first.split(" ");
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Asked(words[0], words[1], headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
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
