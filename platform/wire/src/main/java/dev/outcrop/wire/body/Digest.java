package dev.outcrop.wire.body;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.RefusedException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** One digest of a body that the client gives in a header or trailer. */
public final class Digest {
  private static final String SHA256_OF_PAYLOAD = "x-amz-content-sha256";
  private static final String MD5 = "content-md5";
  private static final Map<String, Supplier<Hash>> CHECKSUMS =
      Map.of(
          "x-amz-checksum-crc32", Hash::crc32,
          "x-amz-checksum-crc32c", Hash::crc32c,
          "x-amz-checksum-crc64nvme", Hash::crc64nvme,
          "x-amz-checksum-sha1", () -> Hash.of("SHA-1"),
          "x-amz-checksum-sha256", () -> Hash.of("SHA-256"));

  private final String header;
  private final String announced;
  private final Hash hash;
  private byte[] computed;

  private Digest(String header, String announced, Hash hash) {
    this.header = header;
    this.announced = announced;
    this.hash = hash;
  }

  /**
   * The digests that a request gives of its body.
   *
   * @param checksums whether its checksum headers speak of this body: those of
   *     CompleteMultipartUpload speak of the object
   */
  static List<Digest> of(HttpExchange exchange, boolean checksums) {
    List<Digest> digests = new ArrayList<>(2);
    String sha256 = exchange.header(SHA256_OF_PAYLOAD);
    if (sha256 != null && sha256.length() == 64) {
      digests.add(new Digest(SHA256_OF_PAYLOAD, sha256, Hash.of("SHA-256")));
    }
    if (exchange.header(MD5) != null) {
      digests.add(new Digest(MD5, exchange.header(MD5), Hash.of("MD5")));
    }
    if (checksums) {
      String trailers = exchange.header("x-amz-trailer");
      String trailing = trailers == null ? "" : trailers.toLowerCase(Locale.ROOT);
      CHECKSUMS.forEach(
          (header, algorithm) -> {
            String given = exchange.header(header);
            if (given != null || List.of(trailing.split("\\s*,\\s*", -1)).contains(header)) {
              digests.add(new Digest(header, given, algorithm.get()));
            }
          });
    }
    return digests;
  }

  /** The name of the header or trailer, lower case. */
  public String header() {
    return header;
  }

  /** Whether it is one of the checksums that S3 keeps with an object. */
  public boolean isChecksum() {
    return CHECKSUMS.containsKey(header);
  }

  public void update(byte[] bytes, int offset, int length) {
    hash.update(bytes, offset, length);
  }

  /** The digest of what was read, base64. */
  public String value() {
    if (computed == null) {
      computed = hash.digest();
    }
    return Base64.getEncoder().encodeToString(computed);
  }

  /**
   * Compares with what the client gave.
   *
   * @throws RefusedException {@code BadDigest} where it differs
   */
  public void verify(Map<String, String> trailers) {
    String given = announced == null ? trailers.get(header) : announced;
    if (given == null) {
      throw new RefusedException(
          "MalformedTrailerError",
          400,
          "The trailer " + header + " was announced and did not come");
    }
    String mine = value();
    if (header.equals(SHA256_OF_PAYLOAD)) {
      mine = HexFormat.of().formatHex(computed);
      if (!mine.equalsIgnoreCase(given)) {
        throw new RefusedException(
            "XAmzContentSHA256Mismatch",
            400,
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    } else if (!mine.equals(given)) {
      throw new RefusedException(
          "BadDigest", 400, "The " + header + " you specified did not match the calculated one.");
    }
  }
}
