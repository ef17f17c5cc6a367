package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What an S3 client may rely on when it uploads in parts. */
abstract class UploadsContract extends S3Test {

  @Test
  void uploadsInParts() throws Exception {
    byte[] first = new byte[5 << 20];
    new Random(1).nextBytes(first);
    byte[] last = "the end".getBytes(StandardCharsets.UTF_8);
    for (ChecksumType type : ChecksumType.knownValues()) {
      var upload =
          s3.createMultipartUpload(
              r ->
                  r.bucket("box")
                      .key("big")
                      .contentType("text/x")
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                      .checksumType(type));
      List<CompletedPart> parts = new ArrayList<>();
      for (byte[] bytes : List.of(first, last)) {
        int number = parts.size() + 1;
        var answer =
            s3.uploadPart(
                r ->
                    r.bucket("box")
                        .key("big")
                        .uploadId(upload.uploadId())
                        .partNumber(number)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromBytes(bytes));
        parts.add(
            CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build());
      }
      assertThat(s3.listMultipartUploads(r -> r.bucket("box")).uploads()).hasSize(1);
      assertThat(s3.listParts(r -> r.bucket("box").key("big").uploadId(upload.uploadId())).parts())
          .extracting("size")
          .containsExactly((long) first.length, (long) last.length);
      var done =
          s3.completeMultipartUpload(
              r ->
                  r.bucket("box")
                      .key("big")
                      .uploadId(upload.uploadId())
                      .multipartUpload(m -> m.parts(parts)));
      assertThat(done.eTag()).endsWith("-2\"");
      assertThat(done.checksumType()).isEqualTo(type);
      byte[] whole = java.util.Arrays.copyOf(first, first.length + last.length);
      System.arraycopy(last, 0, whole, first.length, last.length);
      Checksum.Sum crc = Checksum.CRC32.start();
      crc.update(whole, 0, whole.length);
      if (type == ChecksumType.FULL_OBJECT) {
        assertThat(done.checksumCRC32()).isEqualTo(crc.base64());
      } else {
        assertThat(done.checksumCRC32()).endsWith("-2");
      }
      var got = s3.getObjectAsBytes(r -> r.bucket("box").key("big"));
      assertThat(got.asByteArray()).isEqualTo(whole);
      assertThat(got.response().contentType()).isEqualTo("text/x");
      var part = s3.getObjectAsBytes(r -> r.bucket("box").key("big").partNumber(2));
      assertThat(part.asByteArray()).isEqualTo(last);
      assertThat(part.response().partsCount()).isEqualTo(2);
      var across =
          s3.getObjectAsBytes(
              r ->
                  r.bucket("box")
                      .key("big")
                      .range("bytes=" + (first.length - 2) + "-" + first.length));
      assertThat(across.asByteArray())
          .isEqualTo(java.util.Arrays.copyOfRange(whole, first.length - 2, first.length + 1));
    }
    assertThat(s3.listMultipartUploads(r -> r.bucket("box")).uploads()).isEmpty();
    s3.deleteObject(r -> r.bucket("box").key("big"));
    assertThat(blobs(home)).isZero();
  }

  @Test
  void uploadsGoneWrong() {
    String id = s3.createMultipartUpload(r -> r.bucket("box").key("k")).uploadId();
    String etag = part(id, 1);
    part(id, 2);
    assertThat(error(() -> complete(id, List.of()))).isEqualTo("400 MalformedXML");
    assertThat(error(() -> complete(id, List.of(named(1, etag), named(2, etag)))))
        .isEqualTo("400 EntityTooSmall");
    assertThat(error(() -> complete(id, List.of(named(2, etag), named(1, etag)))))
        .isEqualTo("400 InvalidPartOrder");
    assertThat(error(() -> complete(id, List.of(named(3, etag))))).isEqualTo("400 InvalidPart");
    assertThat(error(() -> complete(id, List.of(named(1, "\"x\""))))).isEqualTo("400 InvalidPart");
    assertThat(error(() -> part(id, 10_001))).isEqualTo("400 InvalidArgument");
    assertThat(error(() -> part("nothing", 1))).isEqualTo("404 NoSuchUpload");
    s3.abortMultipartUpload(r -> r.bucket("box").key("k").uploadId(id));
    assertThat(error(() -> part(id, 1))).isEqualTo("404 NoSuchUpload");
    assertThat(error(() -> s3.abortMultipartUpload(r -> r.bucket("box").key("k").uploadId(id))))
        .isEqualTo("404 NoSuchUpload");
    assertThat(error(() -> get("k"))).isEqualTo("404 NoSuchKey");
  }

  private String part(String upload, int number) {
    return s3.uploadPart(
            r -> r.bucket("box").key("k").uploadId(upload).partNumber(number),
            RequestBody.fromString("small"))
        .eTag();
  }

  private static CompletedPart named(int number, String etag) {
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private void complete(String upload, List<CompletedPart> parts) {
    s3.completeMultipartUpload(
        r -> r.bucket("box").key("k").uploadId(upload).multipartUpload(m -> m.parts(parts)));
  }
}
