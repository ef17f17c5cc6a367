package dev.outcrop.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Uploads and downloads by real S3 clients: aws-chunked bodies, checksums, ranges, metadata. */
class S3OverHttpTest {
  private static final TestServer SERVER =
      new TestServer(new Dispatcher(Capabilities.of(new Toys.Objects())));
  private static final Clients CLIENTS = new Clients(SERVER.uri());
  private static final S3Client S3 = CLIENTS.sync(S3Client.builder().forcePathStyle(true));
  private static final S3AsyncClient ASYNC =
      CLIENTS.async(S3AsyncClient.builder().forcePathStyle(true));

  @AfterAll
  static void stop() {
    CLIENTS.close();
    SERVER.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void checksEveryChecksum(ChecksumAlgorithm algorithm) {
    byte[] bytes = new byte[200_000];
    new Random(7).nextBytes(bytes);
    S3.putObject(
        r -> r.bucket("bucket").key("sync").checksumAlgorithm(algorithm),
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(bytes), bytes.length, "text/x"));
    assertThat(S3.getObjectAsBytes(r -> r.bucket("bucket").key("sync")).asByteArray())
        .isEqualTo(bytes);
    ASYNC
        .putObject(
            r -> r.bucket("bucket").key("async").checksumAlgorithm(algorithm),
            AsyncRequestBody.fromBytes(bytes))
        .join();
    var got =
        ASYNC
            .getObject(r -> r.bucket("bucket").key("async"), AsyncResponseTransformer.toBytes())
            .join();
    assertThat(got.asByteArray()).isEqualTo(bytes);
  }

  @Test
  void keepsMetadataAndAnswersRangesAndHeads() throws Exception {
    String key = "a b/ü+%2F?#";
    S3.putObject(
        r -> r.bucket("bucket").key(key).contentType("text/x").metadata(Map.of("m", "v")),
        RequestBody.fromString("hello"));
    var head = S3.headObject(r -> r.bucket("bucket").key(key));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.contentType()).isEqualTo("text/x");
    assertThat(head.metadata()).containsEntry("m", "v");
    var part = S3.getObjectAsBytes(r -> r.bucket("bucket").key(key).range("bytes=0-1"));
    assertThat(part.asUtf8String()).isEqualTo("he");
    assertThat(part.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    assertThat(S3.listObjectsV2(r -> r.bucket("bucket")).contents())
        .anyMatch(object -> object.key().equals(key));
    assertThat(S3.getBucketLocation(r -> r.bucket("bucket")).locationConstraintAsString())
        .isEqualTo("eu-west-1");
    assertThatThrownBy(() -> S3.getObject(r -> r.bucket("bucket").key("none")))
        .isInstanceOf(NoSuchKeyException.class)
        .hasMessageContaining("The specified key does not exist.");
    assertThatThrownBy(() -> S3.headObject(r -> r.bucket("bucket").key("none")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void refusesBodiesThatAreNotWhatTheirDigestsSay() throws Exception {
    assertThat(put("hello", "content-md5", "AAAAAAAAAAAAAAAAAAAAAA==").body())
        .contains("<Code>BadDigest</Code>");
    assertThat(put("hello", "x-amz-checksum-crc32", "AAAAAA==").body())
        .contains("<Code>BadDigest</Code>");
    assertThat(put("hello", "x-amz-content-sha256", "0".repeat(64)).body())
        .contains("<Code>XAmzContentSHA256Mismatch</Code>");
    for (String chunks :
        new String[] {
          "5\r\nhello\r\n", "zz\r\n", "-5\r\nhello\r\n0\r\n\r\n", "5\r\nhel", "5hello"
        }) {
      HttpResponse<String> refused = put(chunks, "content-encoding", "aws-chunked");
      assertThat(refused.statusCode()).as(chunks).isEqualTo(400);
    }
    assertThat(put("5;chunk-signature=0\r\nhello\r\n0\r\n\r\n", "content-encoding", "aws-chunked"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    // The check value of CRC-64/NVME, which Java clients have only with a native library.
    assertThat(put("123456789", "x-amz-checksum-crc64nvme", "rosUhgp5mIg=").statusCode())
        .isEqualTo(200);
    assertThat(put("123456780", "x-amz-checksum-crc64nvme", "rosUhgp5mIg=").statusCode())
        .isEqualTo(400);
    String trailing = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
    assertThat(
            put(
                    trailing,
                    "content-encoding",
                    "aws-chunked",
                    "x-amz-trailer",
                    "x-amz-checksum-crc32")
                .body())
        .contains("<Code>BadDigest</Code>");
  }

  private static HttpResponse<String> put(String body, String... headers) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(SERVER.uri().resolve("/bucket/raw"))
              .PUT(BodyPublishers.ofString(body))
              .headers(headers)
              .build();
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
