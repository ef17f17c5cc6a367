package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

class FolderBucketsTest extends S3Test {
  @TempDir Path outside;
  @TempDir Path docs;

  @Override
  S3Client client(Capabilities capabilities) {
    return LocalClients.create(S3Client.class, capabilities);
  }

  @BeforeEach
  void fill() throws Exception {
    write("readme.md", "# Hello");
    write("guide/one.txt", "one");
    write("guide/deep/two.txt", "two");
    write("guide.txt", "between");
    write("ü and ö.txt", "umlauts");
    write(".git/config", "hidden");
    write("guide/.hidden", "hidden");
    Files.writeString(outside.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(docs.resolve("leak.txt"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(docs.resolve("leaks"), outside);
    Files.createSymbolicLink(docs.resolve("alias.md"), docs.resolve("readme.md"));
    Files.createSymbolicLink(docs.resolve("loop"), docs);
    Files.createSymbolicLink(docs.resolve("broken"), docs.resolve("nowhere"));
    store.folders().register("docs", docs);
  }

  private void write(String name, String text) throws Exception {
    Path file = docs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void showsWhatIsInTheFolderInTheOrderOfKeys() {
    assertThat(s3.listObjectsV2(r -> r.bucket("docs")).contents())
        .extracting(S3Object::key)
        .containsExactly(
            "alias.md",
            "guide.txt",
            "guide/deep/two.txt",
            "guide/one.txt",
            "readme.md",
            "ü and ö.txt");
    var rolled = s3.listObjectsV2(r -> r.bucket("docs").delimiter("/"));
    assertThat(rolled.commonPrefixes()).extracting("prefix").containsExactly("guide/");
    var first = s3.listObjectsV2(r -> r.bucket("docs").maxKeys(3));
    var second =
        s3.listObjectsV2(r -> r.bucket("docs").continuationToken(first.nextContinuationToken()));
    assertThat(second.contents())
        .extracting(S3Object::key)
        .containsExactly("guide/one.txt", "readme.md", "ü and ö.txt");
    assertThat(s3.listObjectsV2(r -> r.bucket("docs").prefix("guide/d")).contents()).hasSize(1);
    assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly("box", "docs");
  }

  @Test
  void readsFiles() {
    var got = s3.getObjectAsBytes(r -> r.bucket("docs").key("readme.md"));
    assertThat(got.asUtf8String()).isEqualTo("# Hello");
    assertThat(
            s3.getObjectAsBytes(r -> r.bucket("docs").key("guide/one.txt").range("bytes=1-2"))
                .asUtf8String())
        .isEqualTo("ne");
    assertThat(s3.getObjectAsBytes(r -> r.bucket("docs").key("alias.md")).asUtf8String())
        .isEqualTo("# Hello");
    assertThat(s3.headObject(r -> r.bucket("docs").key("guide.txt")).contentType())
        .isEqualTo("text/plain");
  }

  @Test
  void nothingOutsideAndNothingHiddenIsRead() {
    for (String key :
        new String[] {
          "leak.txt",
          "leaks/secret.txt",
          "../" + outside.getFileName() + "/secret.txt",
          outside.resolve("secret.txt").toString(),
          "guide/../readme.md",
          "./readme.md",
          "guide//one.txt",
          ".git/config",
          "guide/.hidden",
          "loop/readme.md",
          "broken",
          "guide",
          "guide/",
          "readme.md/"
        }) {
      assertThat(error(() -> s3.getObjectAsBytes(r -> r.bucket("docs").key(key))))
          .as(key)
          .isEqualTo("404 NoSuchKey");
    }
  }

  @Test
  void canNotBeWrittenTo() {
    assertThat(
            error(() -> s3.putObject(r -> r.bucket("docs").key("x"), RequestBody.fromString("x"))))
        .isEqualTo("403 AccessDenied");
    assertThat(error(() -> s3.deleteObject(r -> r.bucket("docs").key("readme.md"))))
        .isEqualTo("403 AccessDenied");
    assertThat(error(() -> s3.deleteBucket(r -> r.bucket("docs")))).isEqualTo("403 AccessDenied");
    assertThat(error(() -> s3.createMultipartUpload(r -> r.bucket("docs").key("x"))))
        .isEqualTo("403 AccessDenied");
    assertThat(docs.resolve("readme.md")).exists();
    assertThat(docs.resolve("x")).doesNotExist();
  }

  @Test
  void anEntityTagChangesWithTheFile() throws Exception {
    String before = etag();
    assertThat(etag()).isEqualTo(before);
    write("readme.md", "# HELLO");
    Files.setLastModifiedTime(
        docs.resolve("readme.md"), FileTime.from(Instant.now().plusSeconds(9)));
    assertThat(etag()).isNotEqualTo(before);
  }

  private String etag() {
    return s3.headObject(r -> r.bucket("docs").key("readme.md")).eTag();
  }

  @Test
  void isThereAfterARestartAndCanBeTakenAway() throws Exception {
    close();
    start();
    store.folders().register("docs", docs);
    assertThat(s3.listObjectsV2(r -> r.bucket("docs")).contents()).hasSize(6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.folders().register("docs", outside));
    assertThatIllegalArgumentException().isThrownBy(() -> store.folders().register("box", docs));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.folders().register("other", docs.resolve("readme.md")));
    store.folders().unregister("docs");
    store.folders().unregister("box");
    assertThat(error(() -> s3.listObjectsV2(r -> r.bucket("docs")))).isEqualTo("404 NoSuchBucket");
    assertThat(s3.listObjectsV2(r -> r.bucket("box")).contents()).isEmpty();
  }

  @Test
  void copiesComeOut() throws Exception {
    @SuppressWarnings("deprecation")
    var copy =
        s3.copyObject(
            r ->
                r.copySource("docs/%C3%BC%20and%20%C3%B6.txt")
                    .destinationBucket("box")
                    .destinationKey("k"));
    assertThat(copy.copyObjectResult().eTag()).doesNotContain("-");
    assertThat(get("k")).isEqualTo("umlauts");
  }
}
