package dev.outcrop.http;

import java.time.Duration;

/**
 * What a client may ask of the server.
 *
 * @param headerBytes request line and headers together; more is answered with 431
 * @param bodyBytes request body; more is answered with 413
 * @param idle how long the server waits for a silent client: between requests, for the next bytes
 *     of a body, or to take the next bytes of a response; a handler that works silently is not
 *     limited
 * @param headersWithin how long a client may take from the first byte of a request to the end of
 *     its headers, and for the TLS handshake
 * @param connections open connections; further ones wait to be accepted
 * @param streams concurrent requests of one HTTP/2 connection
 */
public record HttpLimits(
    int headerBytes,
    long bodyBytes,
    Duration idle,
    Duration headersWithin,
    int connections,
    int streams) {

  public HttpLimits {
    positive("headerBytes", headerBytes);
    positive("bodyBytes", bodyBytes);
    positive("idle", idle.toMillis());
    positive("headersWithin", headersWithin.toMillis());
    positive("connections", connections);
    positive("streams", streams);
  }

  /** 64 KiB of headers, 5 GiB of body (S3's largest single put), 5 minutes, 20 seconds. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        64 << 10, 5L << 30, Duration.ofMinutes(5), Duration.ofSeconds(20), 10_000, 1_000);
  }

  public HttpLimits withHeaderBytes(int value) {
    return new HttpLimits(value, bodyBytes, idle, headersWithin, connections, streams);
  }

  public HttpLimits withBodyBytes(long value) {
    return new HttpLimits(headerBytes, value, idle, headersWithin, connections, streams);
  }

  public HttpLimits withIdle(Duration value) {
    return new HttpLimits(headerBytes, bodyBytes, value, headersWithin, connections, streams);
  }

  public HttpLimits withHeadersWithin(Duration value) {
    return new HttpLimits(headerBytes, bodyBytes, idle, value, connections, streams);
  }

  public HttpLimits withConnections(int value) {
    return new HttpLimits(headerBytes, bodyBytes, idle, headersWithin, value, streams);
  }

  public HttpLimits withStreams(int value) {
    return new HttpLimits(headerBytes, bodyBytes, idle, headersWithin, connections, value);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("http limit " + name + " must be positive: " + value);
    }
  }
}
