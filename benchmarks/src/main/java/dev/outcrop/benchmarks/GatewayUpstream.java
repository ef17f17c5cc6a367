package dev.outcrop.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A server of chat completions that has its one answer ready: one thread, so that it takes as
 * little as possible from what is measured beside it. The model {@code now} answers at once; a
 * model such as {@code 300x200} streams 300 pieces, one each 200 ms. Prints its port when ready.
 */
final class GatewayUpstream {
  private final Selector selector = Selector.open();
  private final PriorityQueue<Paced> paced =
      new PriorityQueue<>(Comparator.comparingLong(Paced::due));

  /** A stream under way: when its next piece is due, and how many there are left. */
  private record Paced(GatewayUpstreamConnection to, long due, int left, long every) {}

  private GatewayUpstream() throws IOException {}

  /** Runs until killed. */
  public static void main(String[] arguments) throws IOException {
    new GatewayUpstream().serve();
  }

  private void serve() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
    while (true) {
      long wait = paced.isEmpty() ? 0 : paced.peek().due() - System.nanoTime();
      if (!paced.isEmpty() && wait <= 0) {
        selector.selectNow();
      } else {
        selector.select(wait == 0 ? 0 : wait / 1_000_000 + 1);
      }
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept(server);
        } else {
          read(key);
        }
      }
      selector.selectedKeys().clear();
      goOn();
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new GatewayUpstreamConnection(channel));
    }
  }

  private void read(SelectionKey key) throws IOException {
    GatewayUpstreamConnection connection = (GatewayUpstreamConnection) key.attachment();
    try {
      String body = connection.request();
      if (body != null) {
        answer(connection, body);
      }
    } catch (IOException e) {
      key.channel().close(); // a client that left
    }
  }

  private void answer(GatewayUpstreamConnection connection, String body) throws IOException {
    if (!body.contains("\"stream\":true") && !body.contains("\"stream\": true")) {
      connection.write(GatewayAnswers.WHOLE);
      return;
    }
    int model = body.indexOf('"', body.indexOf(':', body.indexOf("\"model\""))) + 1;
    String[] pace = body.substring(model, body.indexOf('"', model)).split("x", 2);
    if (pace.length < 2) {
      connection.write(GatewayAnswers.STREAM);
      return;
    }
    connection.write(GatewayAnswers.BEGIN);
    long every = Long.parseLong(pace[1]) * 1_000_000;
    paced.add(
        new Paced(connection, System.nanoTime() + every, Integer.parseInt(pace[0]) - 1, every));
  }

  private void goOn() throws IOException {
    long now = System.nanoTime();
    while (!paced.isEmpty() && paced.peek().due() - now <= 0) {
      Paced next = paced.poll();
      try {
        next.to().write(next.left() > 0 ? GatewayAnswers.PIECE : GatewayAnswers.END);
        if (next.left() > 0) {
          paced.add(new Paced(next.to(), next.due() + next.every(), next.left() - 1, next.every()));
        }
      } catch (IOException e) {
        next.to().close();
      }
    }
  }
}
