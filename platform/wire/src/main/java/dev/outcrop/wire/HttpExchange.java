package dev.outcrop.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request and its response as the wire layer sees them: blocking and streaming, whatever
 * server is underneath. Bodies are as sent: transfer coding is undone, content coding ({@code
 * gzip}, {@code aws-chunked}) is not.
 */
public interface HttpExchange {

  /** The method, upper case. */
  String method();

  /** The path as sent, still percent-encoded, without the query. */
  String rawPath();

  /** The query as sent, still percent-encoded; null when there is none. */
  String rawQuery();

  /** Header values by lower-case name. */
  Map<String, List<String>> headers();

  /** The request body; the first read answers {@code Expect: 100-continue}. */
  InputStream body() throws IOException;

  /**
   * Starts the response. A content-length header fixes the length; without one the body is chunked.
   * The head is on its way when this returns; every {@code flush} of the stream sends what was
   * written.
   */
  OutputStream respond(int status, Map<String, List<String>> headers) throws IOException;

  /** Whether {@link #respond} was called. */
  boolean committed();

  /** Breaks the response off so that the client sees a failure, not an end. */
  void abort();

  /**
   * Runs the action, once and on any thread, if the client leaves before the exchange is complete,
   * or the server has to end it.
   */
  void onClientGone(Runnable action);

  /**
   * Whether the client is still there when what {@link #onClientGone} was given has run: the server
   * stops, and there is a moment left to say so.
   */
  default boolean stopping() {
    return false;
  }

  /** True over TLS. */
  boolean secure();

  default String header(String lowerCaseName) {
    List<String> values = headers().get(lowerCaseName);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
