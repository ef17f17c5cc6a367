package dev.outcrop.objects;

import dev.outcrop.wire.UploadBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** Writes a body to a new file while computing its checksums, and verifies those that were sent. */
final class BlobWriter {
  /** Of one PutObject or UploadPart. */
  static final long MOST_BYTES = 5L << 30;

  /**
   * A body that is on the disk, and that nothing refers to yet.
   *
   * @param id the file's
   * @param md5 of the body, in hexadecimal digits
   * @param checksum base64 of the checksum that was asked for, or null
   */
  record Written(String id, long size, String md5, Checksum algorithm, String checksum) {
    String etag() {
      return '"' + md5 + '"';
    }
  }

  private final Blobs blobs;

  BlobWriter(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * Writes a request's body.
   *
   * @param request its content length, MD5 and checksum are held against the body
   * @param algorithm the checksum to compute, or null
   */
  Written write(SdkPojo request, InputStream body, Checksum algorithm) {
    Long length = (Long) Members.get(request, "ContentLength");
    requireSize(length == null ? 0 : length);
    String id = Blobs.newId();
    try {
      Written written = draft(id, body, algorithm);
      if (length != null && length != written.size()) {
        throw S3Errors.of(
            400,
            "IncompleteBody",
            "You did not provide the number of bytes specified by the Content-Length header: "
                + written.size()
                + " instead of "
                + length);
      }
      verify(request, written);
      blobs.keep(id);
      return algorithm == null && body instanceof UploadBody upload
          ? withTrailer(written, upload.checksums())
          : written;
    } catch (IOException e) {
      Blobs.remove(blobs.draft(id));
      throw S3Errors.of(500, "InternalError", "The object could not be stored: " + e.getMessage());
    } catch (RuntimeException e) {
      Blobs.remove(blobs.draft(id));
      throw e;
    }
  }

  /** A checksum that came behind the body and was verified there. */
  private static Written withTrailer(Written written, Map<String, String> checksums) {
    for (Checksum checksum : Checksum.values()) {
      String value = checksums.get("x-amz-checksum-" + checksum.name().toLowerCase(Locale.ROOT));
      if (value != null) {
        return new Written(written.id(), written.size(), written.md5(), checksum, value);
      }
    }
    return written;
  }

  private static void requireSize(long size) {
    if (size > MOST_BYTES) {
      throw S3Errors.of(
          400,
          "EntityTooLarge",
          "Your proposed upload exceeds the maximum allowed size of 5 GiB; use a multipart upload");
    }
  }

  private Written draft(String id, InputStream body, Checksum algorithm) throws IOException {
    Checksum.Sum md5 = new Checksum.Hash("MD5");
    Checksum.Sum sum = algorithm == null ? null : algorithm.start();
    Path file = blobs.draft(id);
    byte[] buffer = new byte[1 << 17];
    long size = 0;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read; (read = body.read(buffer)) >= 0; ) {
        size += read;
        requireSize(size);
        md5.update(buffer, 0, read);
        if (sum != null) {
          sum.update(buffer, 0, read);
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
    return new Written(
        id,
        size,
        HexFormat.of().formatHex(md5.bytes()),
        algorithm,
        sum == null ? null : sum.base64());
  }

  private static void verify(SdkPojo request, Written written) {
    String md5 = (String) Members.get(request, "ContentMD5");
    if (md5 != null && !md5.equals(base64(written.md5()))) {
      throw S3Errors.of(
          400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    String sent = written.algorithm() == null ? null : written.algorithm().sentIn(request);
    if (sent != null && !sent.equals(written.checksum())) {
      throw S3Errors.of(
          400,
          "BadDigest",
          "The " + written.algorithm() + " you specified did not match the calculated checksum.");
    }
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
