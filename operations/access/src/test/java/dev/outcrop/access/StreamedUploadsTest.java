package dev.outcrop.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.objects.ObjectStore;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads whose chunks the SDK signs, into a real store, and what becomes of forged ones. */
class StreamedUploadsTest {
  /** Three chunks of the SDK's 128 KiB. */
  private static final String CONTENT = "a line of text\n".repeat(20_000);

  @TempDir private Path folder;
  private final Tampering wire = new Tampering();
  private Database database;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    database = Database.open(folder.resolve("outcrop.db"));
    ObjectStore objects = ObjectStore.open(database, folder);
    Access access = new Access(TestKeys.both(), InstantSource.system());
    server =
        HttpServer.start(
            HttpSettings.defaults(),
            new Dispatcher(Capabilities.of(objects.capabilities().toArray()), access));
    try (S3Client s3 = s3(RequestChecksumCalculation.WHEN_SUPPORTED, true)) {
      s3.createBucket(c -> c.bucket("bucket"));
    }
  }

  @AfterEach
  void stop() {
    wire.close();
    server.close();
    database.close();
  }

  private S3Client s3(RequestChecksumCalculation checksums, boolean chunked) {
    return S3Client.builder()
        .httpClient(wire)
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_1)
        .forcePathStyle(true)
        .requestChecksumCalculation(checksums)
        .serviceConfiguration(c -> c.chunkedEncodingEnabled(chunked))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestKeys.ID, TestKeys.SECRET)))
        .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private static void put(S3Client s3, String content) {
    s3.putObject(p -> p.bucket("bucket").key("key"), RequestBody.fromString(content));
  }

  private static String get(S3Client s3) {
    return s3.getObjectAsBytes(g -> g.bucket("bucket").key("key")).asUtf8String();
  }

  private static void absent(S3Client s3) {
    assertThat(s3.listObjectsV2(l -> l.bucket("bucket")).contents()).isEmpty();
  }

  private String kind() {
    return wire.heads.getLast().firstMatchingHeader("x-amz-content-sha256").orElseThrow();
  }

  @Test
  void chunksAndTrailersAreTaken() {
    try (S3Client s3 = s3(RequestChecksumCalculation.WHEN_SUPPORTED, true)) {
      put(s3, CONTENT);
      assertThat(kind()).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
      assertThat(wire.sent.getLast().split("chunk-signature=")).hasSize(5);
      assertThat(wire.sent.getLast()).contains("x-amz-trailer-signature:");
      assertThat(get(s3)).isEqualTo(CONTENT);
      put(s3, "");
      assertThat(get(s3)).isEmpty();
    }
  }

  @Test
  void chunksWithoutTrailersAreTaken() {
    try (S3Client s3 = s3(RequestChecksumCalculation.WHEN_REQUIRED, true)) {
      put(s3, CONTENT);
      assertThat(kind()).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
      assertThat(get(s3)).isEqualTo(CONTENT);
    }
  }

  @Test
  void partsAreTakenAndForgedOnesRefused() {
    try (S3Client s3 = s3(RequestChecksumCalculation.WHEN_SUPPORTED, true)) {
      String id = s3.createMultipartUpload(c -> c.bucket("bucket").key("key")).uploadId();
      wire.change = body -> body.replaceFirst("a line", "a lime");
      assertThatThrownBy(() -> part(s3, id)).isInstanceOf(S3Exception.class);
      wire.change = UnaryOperator.identity();
      assertThat(s3.listParts(l -> l.bucket("bucket").key("key").uploadId(id)).parts()).isEmpty();
      CompletedPart part = CompletedPart.builder().partNumber(1).eTag(part(s3, id)).build();
      s3.completeMultipartUpload(
          c -> c.bucket("bucket").key("key").uploadId(id).multipartUpload(m -> m.parts(part)));
      assertThat(get(s3)).isEqualTo(CONTENT);
    }
  }

  private static String part(S3Client s3, String id) {
    return s3.uploadPart(
            u -> u.bucket("bucket").key("key").uploadId(id).partNumber(1),
            RequestBody.fromString(CONTENT))
        .eTag();
  }

  /**
   * What somebody between client and server could do to a body, whose head stays good. Its length
   * is signed in the head, so what is missing is made up for behind the end.
   */
  enum Forgery {
    FIRST_BYTE(body -> body.replaceFirst("a line", "b line")),
    LAST_BYTE(body -> replaceLast(body, "text\n", "text ")),
    CHUNK_SIGNATURE(body -> body.replaceFirst("chunk-signature=.{4}", "chunk-signature=0000")),
    NO_SIGNATURES(body -> body.replaceAll(";chunk-signature=[0-9a-f]+", "")),
    FINAL_SIGNATURE(body -> replaceLast(body, "0;chunk-signature=", "0;chunk-signaturE=")),
    NO_FINAL_SIGNATURE(body -> body.replaceFirst("\r\n0;chunk-signature=[0-9a-f]+", "\r\n0")),
    TRAILER_VALUE(body -> body.replaceFirst("(x-amz-checksum-crc32):..", "$1:AA")),
    TRAILER_NAME(body -> body.replaceFirst("x-amz-checksum-crc32", "x-amz-chuckles-crc32")),
    TRAILER_SIGNATURE(
        body -> body.replaceFirst("trailer-signature:.{4}", "trailer-signature:0000")),
    NO_TRAILER_SIGNATURE(body -> body.replaceFirst("x-amz-trailer-signature:[0-9a-f]+\r\n", "")),
    NO_TRAILERS(body -> body.replaceFirst("x-amz-checksum-crc32:[^~]*", "\r\n")),
    SWAPPED_CHUNKS(Forgery::swapped),
    SHORTENED(body -> body.substring(0, chunk(body)) + end(body));

    private final UnaryOperator<String> change;

    Forgery(UnaryOperator<String> change) {
      this.change = change;
    }

    String of(String body) {
      String changed = change.apply(body);
      return changed + "\n".repeat(body.length() - changed.length());
    }

    private static String replaceLast(String text, String old, String now) {
      int at = text.lastIndexOf(old);
      return text.substring(0, at) + now + text.substring(at + old.length());
    }

    private static String end(String body) {
      return body.substring(body.indexOf("0;chunk-signature=", body.length() - 400));
    }

    /** Where the second chunk begins. */
    private static int chunk(String body) {
      return body.indexOf("\r\n", body.indexOf("\r\n") + 2) + 2;
    }

    private static String swapped(String body) {
      int chunk = chunk(body);
      return body.substring(chunk, 2 * chunk)
          + body.substring(0, chunk)
          + body.substring(2 * chunk);
    }
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void aForgedBodyIsRefusedAndNothingIsKept(Forgery forgery) {
    wire.change =
        body -> {
          String changed = forgery.of(body);
          assertThat(changed).isNotEqualTo(body);
          return changed;
        };
    try (S3Client s3 = s3(RequestChecksumCalculation.WHEN_SUPPORTED, true)) {
      assertThatThrownBy(() -> put(s3, CONTENT))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
                assertThat(e.statusCode()).isEqualTo(403);
              });
      absent(s3);
    }
  }

  @Test
  void aDigestInTheHeadMustBeTheBodys() {
    try (S3Client s3 = s3(RequestChecksumCalculation.WHEN_REQUIRED, false)) {
      put(s3, CONTENT);
      assertThat(kind()).matches("[0-9a-f]{64}");
      assertThat(get(s3)).isEqualTo(CONTENT);
      wire.change = body -> body.replaceFirst("a line", "b line");
      assertThatThrownBy(() -> put(s3, CONTENT)).hasMessageContaining("x-amz-content-sha256");
      assertThat(get(s3)).isEqualTo(CONTENT);
      wire.change = body -> body.replace("key", "eye");
      assertThatThrownBy(
              () ->
                  s3.deleteObjects(
                      d ->
                          d.bucket("bucket")
                              .delete(
                                  x -> x.objects(ObjectIdentifier.builder().key("key").build()))))
          .hasMessageContaining("x-amz-content-sha256");
      assertThat(get(s3)).isEqualTo(CONTENT);
    }
  }
}
