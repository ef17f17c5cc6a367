package dev.outcrop.wire.body;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.StreamSignatures;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code aws-chunked} content coding: {@code size;chunk-signature=…} lines before chunks, and
 * trailers after the last. A chunk's signature is checked when its last byte arrives, so that
 * nothing is kept back: who reads must not use the bytes before the end of the stream.
 */
public final class AwsChunked extends InputStream {
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_TRAILERS = 32;

  /** The most bytes of a signed chunk; clients send 64 KiB to a few MiB. */
  private static final long MAX_SIGNED = 16 << 20;

  private static final String SIGNATURE = "chunk-signature=";
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

  private final InputStream in;
  private final StreamSignatures signatures;
  private final MessageDigest digest;
  private final SortedMap<String, String> trailers = new TreeMap<>();
  private String signature;
  private long left;
  private boolean first = true;
  private boolean ended;

  /**
   * @param signatures null to look at none
   */
  AwsChunked(InputStream in, StreamSignatures signatures) {
    this.in = in;
    this.signatures = signatures;
    this.digest = signatures == null ? null : Hash.messageDigest("SHA-256");
  }

  /** The request's headers as they would be without the coding. */
  public static Map<String, List<String>> withoutCoding(Map<String, List<String>> headers) {
    Map<String, List<String>> plain = new LinkedHashMap<>(headers);
    List<String> length = plain.remove("x-amz-decoded-content-length");
    plain.remove("content-length");
    if (length != null) {
      plain.put("content-length", length);
    }
    List<String> coding = plain.remove("content-encoding");
    String rest =
        String.join(",", coding == null ? List.of() : coding)
            .replaceAll("(?i)\\s*aws-chunked\\s*,?|,\\s*aws-chunked\\s*$", "");
    if (!rest.isBlank()) {
      plain.put("content-encoding", List.of(rest));
    }
    return plain;
  }

  /** Whether the body has this coding. */
  public static boolean isCoded(HttpExchange exchange) {
    String coding = exchange.header("content-encoding");
    String digest = exchange.header("x-amz-content-sha256");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("aws-chunked")
        || digest != null && digest.startsWith("STREAMING-");
  }

  /** What came after the last chunk, by lower-case name; complete at the end of the stream. */
  public Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw incomplete();
    }
    left -= count;
    if (signatures != null) {
      digest.update(bytes, offset, count);
      if (left == 0) {
        signatures.chunk(digest.digest(), signature);
      }
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean nextChunk() throws IOException {
    if (ended) {
      return false;
    }
    if (!first && !line().isEmpty()) {
      throw malformed();
    }
    first = false;
    String header = line();
    int semicolon = header.indexOf(';');
    left = size(semicolon < 0 ? header : header.substring(0, semicolon));
    signature = semicolon < 0 ? null : signature(header.substring(semicolon + 1));
    if (left == 0) {
      ended = true;
      end();
    } else if (signatures != null && left > MAX_SIGNED) {
      throw new RefusedException(
          "InvalidRequest", 400, "A signed chunk may have at most " + MAX_SIGNED + " bytes");
    }
    return left > 0;
  }

  private static String signature(String extensions) {
    for (String extension : extensions.split(";")) {
      if (extension.strip().startsWith(SIGNATURE)) {
        return extension.strip().substring(SIGNATURE.length());
      }
    }
    return null;
  }

  private void end() throws IOException {
    if (signatures != null) {
      signatures.chunk(digest.digest(), signature);
    }
    readTrailers();
    String ofTrailers = trailers.remove(TRAILER_SIGNATURE);
    if (signatures != null) {
      signatures.trailers(trailers, ofTrailers);
    }
  }

  private static long size(String hex) {
    try {
      long size = Long.parseLong(hex.strip(), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw malformed();
  }

  private void readTrailers() throws IOException {
    String line;
    while (!(line = lineOrEnd()).isEmpty()) {
      int colon = line.indexOf(':');
      if (colon < 0 || trailers.size() == MAX_TRAILERS) {
        throw malformed();
      }
      trailers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
  }

  // Clients differ in whether an empty line follows the trailers.
  private String lineOrEnd() throws IOException {
    return line(true);
  }

  private String line() throws IOException {
    return line(false);
  }

  private String line(boolean mayEnd) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0 && mayEnd) {
        break;
      }
      if (c < 0) {
        throw incomplete();
      }
      if (line.length() == MAX_LINE) {
        throw malformed();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static RefusedException incomplete() {
    return new RefusedException(
        "IncompleteBody", 400, "The body ended before the chunk that it announced");
  }

  private static RefusedException malformed() {
    return new RefusedException("InvalidRequest", 400, "The aws-chunked body is malformed");
  }
}
