package dev.outcrop.wire.body;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.StreamSignatures;
import dev.outcrop.wire.UploadBody;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Request bodies with their content codings undone. */
public final class Bodies {
  private static final byte[] NOTHING = {};

  private Bodies() {}

  /**
   * Reads a whole body as it was sent, which is what signatures are of: any gzip is still on.
   *
   * @param limit the most bytes it may have
   * @throws RefusedException where it is larger, or is not what its digests say
   */
  public static byte[] sent(HttpExchange exchange, int limit) throws IOException {
    String length = exchange.header("content-length");
    boolean checksums = exchange.header("x-amz-sdk-checksum-algorithm") != null;
    if ("0".equals(length) || length == null && exchange.method().equals("GET")) {
      Digest.of(exchange, checksums).forEach(digest -> digest.verify(Map.of()));
      return NOTHING;
    }
    if (announced(exchange, false) > limit) {
      throw tooLarge(limit);
    }
    try (InputStream in = checked(exchange, checksums, null)) {
      return limited(in, limit);
    }
  }

  /**
   * What the client meant by a body.
   *
   * @param limit the most bytes it may have after gzip is undone
   */
  public static byte[] content(HttpExchange exchange, byte[] sent, int limit) throws IOException {
    if (sent.length == 0 || !isGzip(exchange)) {
      return sent;
    }
    try (InputStream in = new ByteArrayInputStream(sent)) {
      return unzipped(in, limit);
    }
  }

  /**
   * A body that is read as it arrives.
   *
   * @param signatures what checks the signatures of its chunks, or null
   */
  public static InputStream stream(HttpExchange exchange, StreamSignatures signatures)
      throws IOException {
    return checked(exchange, true, signatures);
  }

  private static InputStream checked(
      HttpExchange exchange, boolean checksums, StreamSignatures signatures) throws IOException {
    List<Digest> digests = Digest.of(exchange, checksums);
    boolean chunked = AwsChunked.isCoded(exchange);
    if (digests.isEmpty() && !chunked) {
      return exchange.body();
    }
    AwsChunked chunks = chunked ? new AwsChunked(exchange.body(), signatures) : null;
    return new UploadBody(
        chunked ? chunks : exchange.body(), digests, chunks, announced(exchange, chunked));
  }

  private static long announced(HttpExchange exchange, boolean chunked) {
    String length = exchange.header(chunked ? "x-amz-decoded-content-length" : "content-length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw RefusedException.serialization("The length of the body is not a number");
    }
  }

  private static boolean isGzip(HttpExchange exchange) {
    String coding = exchange.header("content-encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static byte[] unzipped(InputStream in, int limit) throws IOException {
    try {
      return limited(new GZIPInputStream(in, 8192), limit);
    } catch (ZipException | EOFException e) {
      throw RefusedException.serialization("The body is not valid gzip");
    }
  }

  private static byte[] limited(InputStream in, int limit) throws IOException {
    byte[] body = in.readNBytes(limit);
    if (in.read() >= 0) { // and the end of the stream is where it is checked
      throw tooLarge(limit);
    }
    return body;
  }

  private static RefusedException tooLarge(int limit) {
    return RefusedException.tooLarge("The request is larger than " + limit + " bytes");
  }
}
