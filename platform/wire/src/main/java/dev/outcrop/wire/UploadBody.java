package dev.outcrop.wire;

import dev.outcrop.wire.body.AwsChunked;
import dev.outcrop.wire.body.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes that a client uploads, as operations with a streaming body get them: without content
 * codings, and checked at their end against the length and checksums that the client gave. A read
 * that meets the end of a wrong body throws {@link RefusedException} ({@code BadDigest}, {@code
 * IncompleteBody}), so bytes must not be kept before the end was reached.
 */
public final class UploadBody extends FilterInputStream {
  private final List<Digest> digests;
  private final AwsChunked chunks;
  private final long announced;
  private final Map<String, String> checksums = new LinkedHashMap<>();
  private long count;
  private boolean ended;

  /**
   * A body to be checked.
   *
   * @param chunks the part of the stream that knows the trailers, or null
   * @param announced the length that was announced, or -1
   */
  public UploadBody(InputStream in, List<Digest> digests, AwsChunked chunks, long announced) {
    super(in);
    this.digests = digests;
    this.chunks = chunks;
    this.announced = announced;
  }

  /**
   * The checksums that the client gave and the body has, base64 by header name ({@code
   * x-amz-checksum-crc32}); complete once the end was read.
   */
  public Map<String, String> checksums() {
    return Map.copyOf(checksums);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read < 0) {
      end();
    } else {
      count += read;
      digests.forEach(digest -> digest.update(bytes, offset, read));
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] skipped = new byte[(int) Math.min(8192, Math.max(0, wanted))];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void end() {
    if (ended) {
      return;
    }
    if (announced >= 0 && announced != count) {
      throw new RefusedException(
          "IncompleteBody",
          400,
          "The body has " + count + " bytes where " + announced + " were announced");
    }
    for (Digest digest : digests) {
      digest.verify(chunks == null ? Map.of() : chunks.trailers());
      if (digest.isChecksum()) {
        checksums.put(digest.header(), digest.value());
      }
    }
    ended = true;
  }
}
