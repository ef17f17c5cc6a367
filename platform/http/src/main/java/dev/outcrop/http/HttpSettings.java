package dev.outcrop.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * How the server listens.
 *
 * @param host address or name to bind
 * @param port 0 takes a free one, see {@link HttpServer#port()}
 * @param allowNonLoopback must be set to bind an address that others can reach; whoever sets it has
 *     made sure that callers are authenticated
 * @param tls null serves cleartext
 * @param stopWithin how long {@link HttpServer#close()} lets requests in flight finish before it
 *     breaks them off
 */
public record HttpSettings(
    String host,
    int port,
    boolean allowNonLoopback,
    Tls tls,
    HttpLimits limits,
    Duration stopWithin) {

  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535: " + port);
    }
  }

  /** Cleartext on a free port of 127.0.0.1. */
  public static HttpSettings defaults() {
    return new HttpSettings(
        "127.0.0.1", 0, false, null, HttpLimits.defaults(), Duration.ofSeconds(10));
  }

  public HttpSettings withHost(String value) {
    return new HttpSettings(value, port, allowNonLoopback, tls, limits, stopWithin);
  }

  public HttpSettings withPort(int value) {
    return new HttpSettings(host, value, allowNonLoopback, tls, limits, stopWithin);
  }

  public HttpSettings withAllowNonLoopback(boolean value) {
    return new HttpSettings(host, port, value, tls, limits, stopWithin);
  }

  public HttpSettings withTls(Tls value) {
    return new HttpSettings(host, port, allowNonLoopback, value, limits, stopWithin);
  }

  public HttpSettings withLimits(HttpLimits value) {
    return new HttpSettings(host, port, allowNonLoopback, tls, value, stopWithin);
  }

  public HttpSettings withStopWithin(Duration value) {
    return new HttpSettings(host, port, allowNonLoopback, tls, limits, value);
  }

  /** The address to bind, once it is known to be allowed. */
  InetAddress address() {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("cannot resolve the host to listen on: " + host, e);
    }
    if (!allowNonLoopback && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "refusing to listen on "
              + host
              + " while authentication is off: anyone who reaches it could use every operation."
              + " Listen on 127.0.0.1, or turn authentication on first");
    }
    return address;
  }
}
