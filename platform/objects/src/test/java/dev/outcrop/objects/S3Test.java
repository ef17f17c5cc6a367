package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A store and a client of it, with a bucket named {@code box}. */
abstract class S3Test {
  @TempDir Path home;
  Database database;
  ObjectStore store;
  S3Client s3;

  /** A client of these operations, in this process or over HTTP. */
  abstract S3Client client(Capabilities capabilities) throws Exception;

  @BeforeEach
  void open() throws Exception {
    start();
    s3.createBucket(r -> r.bucket("box"));
  }

  void start() throws Exception {
    database = Database.open(home.resolve("outcrop.db"));
    store = ObjectStore.open(database, home);
    s3 = client(Capabilities.of(store.capabilities().toArray()));
  }

  @AfterEach
  void close() throws Exception {
    s3.close();
    database.close();
  }

  PutObjectResponse put(String key, String text) {
    return put(key, text, r -> {});
  }

  PutObjectResponse put(String key, String text, Consumer<PutObjectRequest.Builder> more) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket("box").key(key);
    more.accept(request);
    return s3.putObject(request.build(), RequestBody.fromString(text));
  }

  String get(String key) {
    return s3.getObjectAsBytes(r -> r.bucket("box").key(key)).asString(StandardCharsets.UTF_8);
  }

  List<String> keys(Consumer<ListObjectsV2Request.Builder> more) {
    ListObjectsV2Request.Builder request = ListObjectsV2Request.builder().bucket("box");
    more.accept(request);
    return s3.listObjectsV2(request.build()).contents().stream().map(S3Object::key).toList();
  }

  static String error(ThrowingCallable call) {
    S3Exception e = catchThrowableOfType(S3Exception.class, call);
    assertThat(e).as("an S3Exception").isNotNull();
    return e.statusCode() + " " + e.awsErrorDetails().errorCode();
  }

  /** The files of objects; those being given up are waited for. */
  static long blobs(Path home) throws Exception {
    long count = -1;
    for (int i = 0; i < 100 && count != 0; i++) {
      try (Stream<Path> files = Files.walk(home.resolve("objects"))) {
        count = files.filter(Files::isRegularFile).count();
      }
      if (count != 0) {
        Thread.sleep(20);
      }
    }
    return count;
  }
}
