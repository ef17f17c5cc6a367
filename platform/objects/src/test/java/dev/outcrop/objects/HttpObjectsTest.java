package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/** The same with the SDK's own client over HTTP. */
class HttpObjectsTest extends ObjectsContract {
  private HttpServer server;

  @Override
  S3Client client(Capabilities capabilities) throws Exception {
    server = HttpServer.start(HttpSettings.defaults().withPort(0), new Dispatcher(capabilities));
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sourceOfACopyInHalves() {
    put("from here/ü+", "text");
    s3.copyObject(
        r ->
            r.sourceBucket("box")
                .sourceKey("from here/ü+")
                .destinationBucket("box")
                .destinationKey("to"));
    assertThat(get("to")).isEqualTo("text");
  }

  /** The SDK sends a CRC-32 behind every body. */
  @Test
  void checksumsBehindTheBodyAreKept() {
    put("k", "123456789");
    var head = s3.headObject(r -> r.bucket("box").key("k").checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC32()).isEqualTo("y/Q5Jg==");
    assertThat(head.contentEncoding()).isNullOrEmpty();
  }

  @Test
  void manyMegabytes() {
    byte[] bytes = new byte[30 << 20];
    new java.util.Random(3).nextBytes(bytes);
    s3.putObject(r -> r.bucket("box").key("big"), RequestBody.fromBytes(bytes));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("box").key("big")).asByteArray()).isEqualTo(bytes);
  }
}
