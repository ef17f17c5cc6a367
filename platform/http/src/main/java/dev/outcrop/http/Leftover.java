package dev.outcrop.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What a client is still sending when it has been answered. Many clients look at an answer only
 * when they have sent all; if the connection were closed before that, they would report a broken
 * pipe in place of the error that they were answered.
 */
final class Leftover {
  private static final long MOST = 4 << 20;
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private Leftover() {}

  /**
   * Reads and forgets what comes, but not for long nor without end.
   *
   * @param asked whether the body was read from: a client that waits for leave to send has it then
   * @return whether the request can be ended in the usual way
   */
  static boolean discard(Request request, boolean asked) throws InterruptedException {
    if (!asked && request.getHeaders().contains(HttpHeader.EXPECT)) {
      return true; // it was told not to send
    }
    long most = MOST;
    long until = System.nanoTime() + WITHIN.toNanos();
    while (most > 0) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        CountDownLatch more = new CountDownLatch(1);
        request.demand(more::countDown);
        if (!more.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
        continue;
      }
      boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
      most -= chunk.remaining();
      chunk.release();
      if (last) {
        return true;
      }
    }
    return true;
  }
}
