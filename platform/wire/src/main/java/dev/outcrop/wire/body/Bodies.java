package dev.outcrop.wire.body;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Request bodies with their content codings undone. */
public final class Bodies {
  private static final byte[] NOTHING = {};

  private Bodies() {}

  /**
   * Reads a whole body.
   *
   * @param limit the most bytes it may have, before and after gzip is undone
   * @throws RefusedException where it is larger, or is not what its coding says
   */
  public static byte[] whole(HttpExchange exchange, int limit) throws IOException {
    String length = exchange.header("content-length");
    if ("0".equals(length) || length == null && exchange.method().equals("GET")) {
      return NOTHING;
    }
    if (length != null && (length.length() > 10 || Long.parseLong(length) > limit)) {
      throw tooLarge(limit);
    }
    try (InputStream in = AwsChunked.undo(exchange, exchange.body())) {
      return isGzip(exchange) ? unzipped(in, limit) : limited(in, limit);
    }
  }

  /** A body that is read as it arrives; its digests are checked at its end. */
  public static InputStream stream(HttpExchange exchange) throws IOException {
    InputStream in = AwsChunked.undo(exchange, exchange.body());
    return in;
  }

  private static boolean isGzip(HttpExchange exchange) {
    String coding = exchange.header("content-encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static byte[] unzipped(InputStream in, int limit) throws IOException {
    try {
      return limited(new GZIPInputStream(in, 8192), limit);
    } catch (ZipException | java.io.EOFException e) {
      throw RefusedException.serialization("The body is not valid gzip");
    }
  }

  private static byte[] limited(InputStream in, int limit) throws IOException {
    byte[] body = in.readNBytes(limit);
    if (body.length == limit && in.read() >= 0) {
      throw tooLarge(limit);
    }
    return body;
  }

  private static RefusedException tooLarge(int limit) {
    return RefusedException.tooLarge("The request is larger than " + limit + " bytes");
  }
}
