package dev.outcrop.models.upstream;

import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.wire.ClientGoneException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** One request and its answer on the way, which {@link Watch} ends when it takes too long. */
final class Exchange {

  private final HttpUriRequestBase request;
  private final Thread caller = Thread.currentThread();
  private final long end;
  private final long idleNanos;
  private volatile long deadline;
  private volatile String late;
  private volatile boolean answered;

  /**
   * @param firstByteNanos how long the head of the answer may take
   * @param idleNanos how long each further read may take
   * @param end of the call, of {@link System#nanoTime}
   */
  Exchange(HttpUriRequestBase request, long firstByteNanos, long idleNanos, long end) {
    this.request = request;
    this.idleNanos = idleNanos;
    this.end = end;
    this.deadline = earlier(System.nanoTime() + firstByteNanos, end);
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** Before a read. */
  void reading() {
    deadline = earlier(System.nanoTime() + idleNanos, end);
  }

  /** After it: how long the client takes is no fault of the upstream's. */
  void read() {
    answered = true;
    deadline = end;
  }

  /** For what is left after the last piece. */
  void limit(long nanos) {
    deadline = earlier(System.nanoTime() + nanos, end);
  }

  /** Ends it if it is late or nobody waits for it any more. */
  void check(long now) {
    if (deadline - now <= 0) {
      late = end - now <= 0 ? "the whole answer" : answered ? "the next piece" : "the first byte";
      abort();
    } else if (caller.isInterrupted()) {
      abort();
    }
  }

  /** Closes the connection, whoever reads from it. */
  void abort() {
    request.cancel();
  }

  /** What a read or write that failed means. */
  RuntimeException failure(IOException e) {
    if (late != null) {
      return new Failure(Kind.TIMEOUT, late + " took too long", e);
    }
    if (Thread.currentThread().isInterrupted()) {
      return new ClientGoneException(e);
    }
    return switch (e) {
      case ConnectTimeoutException _ ->
          new Failure(Kind.UNAVAILABLE, "connecting took too long", e);
      case ConnectException _ -> new Failure(Kind.UNAVAILABLE, "it cannot be reached", e);
      case UnknownHostException _ ->
          new Failure(Kind.UNAVAILABLE, "the name of its host is not known", e);
      case SSLException _ when !answered ->
          new Failure(Kind.UNAVAILABLE, "no secure connection can be made", e);
      default -> new Failure(Kind.BROKEN, "the connection broke", e);
    };
  }
}
