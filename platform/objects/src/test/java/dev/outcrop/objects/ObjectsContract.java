package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** What an S3 client may rely on, in this process and over HTTP. */
abstract class ObjectsContract extends UploadsContract {

  @Test
  void buckets() throws Exception {
    assertThat(error(() -> s3.createBucket(r -> r.bucket("box"))))
        .isEqualTo("409 BucketAlreadyOwnedByYou");
    for (String name : List.of("xn--abc", "amzn-s3-demo-abc", "abc-s3alias")) {
      assertThat(error(() -> s3.createBucket(r -> r.bucket(name))))
          .isEqualTo("400 InvalidBucketName");
    }
    s3.createBucket(r -> r.bucket("another"));
    s3.createBucket(r -> r.bucket("boxes"));
    assertThat(s3.headBucket(r -> r.bucket("another")).bucketRegion()).isEqualTo("us-east-1");
    assertThat(s3.getBucketLocation(r -> r.bucket("box")).locationConstraintAsString())
        .isNullOrEmpty();
    var first = s3.listBuckets(r -> r.maxBuckets(2));
    assertThat(first.buckets()).extracting("name").containsExactly("another", "box");
    var second = s3.listBuckets(r -> r.maxBuckets(2).continuationToken(first.continuationToken()));
    assertThat(second.buckets()).extracting("name").containsExactly("boxes");
    assertThat(second.continuationToken()).isNull();
    assertThat(s3.listBuckets(r -> r.prefix("box")).buckets())
        .extracting("name")
        .containsExactly("box", "boxes");
    put("k", "v");
    assertThat(error(() -> s3.deleteBucket(r -> r.bucket("box")))).isEqualTo("409 BucketNotEmpty");
    s3.deleteBucket(r -> r.bucket("boxes"));
    assertThat(error(() -> s3.deleteBucket(r -> r.bucket("boxes")))).isEqualTo("404 NoSuchBucket");
    assertThat(error(() -> s3.listObjectsV2(r -> r.bucket("boxes")))).isEqualTo("404 NoSuchBucket");
    assertThat(
            error(() -> s3.listObjectsV2(r -> r.bucket("box").expectedBucketOwner("999999999999"))))
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void whatIsPutIsGot() {
    Instant expires = Instant.parse("2030-01-02T03:04:05Z");
    var answer =
        put(
            "a/ä +%?#&.txt",
            "hello",
            r ->
                r.contentType("text/plain; charset=utf-8")
                    .cacheControl("no-cache")
                    .contentDisposition("inline")
                    .contentLanguage("de")
                    .expires(expires)
                    .websiteRedirectLocation("/other")
                    .metadata(Map.of("colour", "blue", "n", "1")));
    assertThat(answer.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    ResponseBytes<GetObjectResponse> got =
        s3.getObjectAsBytes(r -> r.bucket("box").key("a/ä +%?#&.txt"));
    assertThat(got.asUtf8String()).isEqualTo("hello");
    GetObjectResponse response = got.response();
    assertThat(response.contentLength()).isEqualTo(5);
    assertThat(response.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(response.cacheControl()).isEqualTo("no-cache");
    assertThat(response.contentDisposition()).isEqualTo("inline");
    assertThat(response.contentLanguage()).isEqualTo("de");
    assertThat(response.websiteRedirectLocation()).isEqualTo("/other");
    assertThat(response.metadata())
        .containsExactlyInAnyOrderEntriesOf(Map.of("colour", "blue", "n", "1"));
    assertThat(response.eTag()).isEqualTo(answer.eTag());
    assertThat(response.acceptRanges()).isEqualTo("bytes");
    HeadObjectResponse head = s3.headObject(r -> r.bucket("box").key("a/ä +%?#&.txt"));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.lastModified()).isEqualTo(response.lastModified());
    assertThat(head.metadata()).isEqualTo(response.metadata());
    put("empty", "");
    assertThat(get("empty")).isEmpty();
    put("empty", "replaced");
    assertThat(get("empty")).isEqualTo("replaced");
  }

  @Test
  void missing() {
    assertThat(error(() -> get("nothing"))).isEqualTo("404 NoSuchKey");
    assertThat(error(() -> s3.headObject(r -> r.bucket("box").key("nothing")))).startsWith("404");
    assertThat(error(() -> s3.getObjectAsBytes(r -> r.bucket("nobox").key("k"))))
        .isEqualTo("404 NoSuchBucket");
    assertThat(
            error(() -> s3.putObject(r -> r.bucket("nobox").key("k"), RequestBody.fromString("x"))))
        .isEqualTo("404 NoSuchBucket");
  }

  @Test
  void keys() {
    String longest = "ü".repeat(512);
    put(longest, "x");
    assertThat(get(longest)).isEqualTo("x");
    assertThat(error(() -> put(longest + "x", "x"))).isEqualTo("400 KeyTooLongError");
    for (String key : List.of("../up", "/rooted", "a//b", "dir/", ".", "C:\\x", "日本/語", "🎈")) {
      put(key, "of " + key);
      assertThat(get(key)).isEqualTo("of " + key);
    }
    assertThat(keys(r -> {})).hasSize(9).contains("dir/", "🎈", "C:\\x");
  }

  @Test
  void ranges() {
    put("k", "0123456789");
    assertThat(range("bytes=0-3")).isEqualTo("0123 bytes 0-3/10");
    assertThat(range("bytes=7-")).isEqualTo("789 bytes 7-9/10");
    assertThat(range("bytes=-2")).isEqualTo("89 bytes 8-9/10");
    assertThat(range("bytes=-99")).isEqualTo("0123456789 bytes 0-9/10");
    assertThat(range("bytes=5-99")).isEqualTo("56789 bytes 5-9/10");
    assertThat(error(() -> range("bytes=10-"))).isEqualTo("416 InvalidRange");
    assertThat(error(() -> range("bytes=-0"))).isEqualTo("416 InvalidRange");
    assertThat(error(() -> range("bytes=5-3"))).isEqualTo("400 InvalidArgument");
    assertThat(error(() -> range("bytes=0-1,3-4"))).isEqualTo("501 NotImplemented");
    HeadObjectResponse head = s3.headObject(r -> r.bucket("box").key("k").range("bytes=2-4"));
    assertThat(head.contentLength()).isEqualTo(3);
  }

  private String range(String range) {
    var got = s3.getObjectAsBytes(r -> r.bucket("box").key("k").range(range));
    return got.asUtf8String() + " " + got.response().contentRange();
  }

  @Test
  void conditions() {
    String etag = put("k", "v").eTag();
    Instant before = Instant.now().minusSeconds(100);
    Instant after = Instant.now().plusSeconds(100);
    s3.getObjectAsBytes(r -> r.bucket("box").key("k").ifMatch(etag).ifUnmodifiedSince(before));
    s3.getObjectAsBytes(r -> r.bucket("box").key("k").ifNoneMatch("\"x\"").ifModifiedSince(before));
    assertThat(error(() -> s3.getObjectAsBytes(r -> r.bucket("box").key("k").ifMatch("\"x\""))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(
            error(
                () -> s3.getObjectAsBytes(r -> r.bucket("box").key("k").ifUnmodifiedSince(before))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(error(() -> s3.headObject(r -> r.bucket("box").key("k").ifNoneMatch(etag))))
        .startsWith("304");
    assertThat(
            error(() -> s3.getObjectAsBytes(r -> r.bucket("box").key("k").ifModifiedSince(after))))
        .startsWith("304");
    assertThat(error(() -> put("k", "w", r -> r.ifNoneMatch("*"))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(error(() -> put("k", "w", r -> r.ifMatch("\"x\""))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(error(() -> put("new", "w", r -> r.ifMatch("\"x\"")))).isEqualTo("404 NoSuchKey");
    assertThat(get("k")).isEqualTo("v");
    put("k", "w", r -> r.ifMatch(etag));
    put("new", "w", r -> r.ifNoneMatch("*"));
    assertThat(error(() -> s3.deleteObject(r -> r.bucket("box").key("k").ifMatch(etag))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(get("k")).isEqualTo("w");
  }

  @Test
  void responseOverrides() {
    put("k", "v");
    var response =
        s3.getObjectAsBytes(
                r ->
                    r.bucket("box")
                        .key("k")
                        .responseContentType("text/x")
                        .responseCacheControl("c")
                        .responseContentLanguage("l"))
            .response();
    assertThat(response.contentType()).isEqualTo("text/x");
    assertThat(response.cacheControl()).isEqualTo("c");
    assertThat(response.contentLanguage()).isEqualTo("l");
  }

  @Test
  void checksumsAreVerifiedAndKept() {
    Map<ChecksumAlgorithm, String> known =
        Map.of(
            ChecksumAlgorithm.CRC32, "y/Q5Jg==",
            ChecksumAlgorithm.CRC32_C, "4waSgw==",
            ChecksumAlgorithm.SHA1, "98O8HYCOBHMq32eZZczDTKeuNEE=",
            ChecksumAlgorithm.SHA256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=");
    known.forEach(
        (algorithm, value) -> {
          String member = Checksum.named(algorithm.toString()).member();
          put("k", "123456789", r -> Members.set(r, member, value));
          var plain = s3.headObject(r -> r.bucket("box").key("k"));
          assertThat(Members.get(plain, member)).isNull();
          var head =
              s3.headObject(r -> r.bucket("box").key("k").checksumMode(ChecksumMode.ENABLED));
          assertThat(Members.get(head, member)).isEqualTo(value);
          assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
          assertThat(error(() -> put("bad", "12345678", r -> Members.set(r, member, value))))
              .isEqualTo("400 BadDigest");
        });
    assertThat(error(() -> get("bad"))).isEqualTo("404 NoSuchKey");
    assertThat(error(() -> put("bad", "1", r -> r.contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="))))
        .isEqualTo("400 BadDigest");
  }

  @Test
  void deletions() {
    for (String key : List.of("a", "b", "c", "d")) {
      put(key, key);
    }
    s3.deleteObject(r -> r.bucket("box").key("a"));
    s3.deleteObject(r -> r.bucket("box").key("a"));
    List<ObjectIdentifier> objects =
        Stream.of("b", "c", "none")
            .map(key -> ObjectIdentifier.builder().key(key).build())
            .toList();
    var answer = s3.deleteObjects(r -> r.bucket("box").delete(d -> d.objects(objects)));
    assertThat(answer.deleted()).extracting("key").containsExactly("b", "c", "none");
    var partly =
        s3.deleteObjects(
            r ->
                r.bucket("box")
                    .delete(
                        d ->
                            d.quiet(true)
                                .objects(
                                    ObjectIdentifier.builder().key("d").eTag("\"x\"").build())));
    assertThat(partly.deleted()).isEmpty();
    assertThat(partly.errors()).extracting("code").containsExactly("PreconditionFailed");
    assertThat(keys(r -> {})).containsExactly("d");
  }

  @Test
  @SuppressWarnings("deprecation") // the path is what goes over the wire
  void copies() {
    put("from here", "text", r -> r.contentType("text/x").metadata(Map.of("a", "1")));
    var copy =
        s3.copyObject(
            r -> r.copySource("box/from%20here").destinationBucket("box").destinationKey("to"));
    assertThat(copy.copyObjectResult().eTag())
        .isEqualTo(s3.headObject(r -> r.bucket("box").key("to")).eTag());
    assertThat(get("to")).isEqualTo("text");
    assertThat(s3.headObject(r -> r.bucket("box").key("to")).metadata()).containsEntry("a", "1");
    s3.copyObject(
        r ->
            r.copySource("box/to")
                .destinationBucket("box")
                .destinationKey("to")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/y")
                .metadata(Map.of("b", "2")));
    HeadObjectResponse head = s3.headObject(r -> r.bucket("box").key("to"));
    assertThat(head.metadata()).containsOnlyKeys("b");
    assertThat(head.contentType()).isEqualTo("text/y");
    assertThat(
            error(
                () ->
                    s3.copyObject(
                        r -> r.copySource("box/to").destinationBucket("box").destinationKey("to"))))
        .isEqualTo("400 InvalidRequest");
    assertThat(
            error(
                () ->
                    s3.copyObject(
                        r -> r.copySource("box/no").destinationBucket("box").destinationKey("to"))))
        .isEqualTo("404 NoSuchKey");
    assertThat(
            error(
                () ->
                    s3.copyObject(
                        r ->
                            r.copySource("box/to")
                                .copySourceIfMatch("\"x\"")
                                .destinationBucket("box")
                                .destinationKey("other"))))
        .isEqualTo("412 PreconditionFailed");
  }

  @Test
  void listings() {
    for (String key : List.of("a", "a/b", "a/c", "b/x/1", "b/x/2", "b/y", "ba", "c&d e")) {
      put(key, key);
    }
    var rolled = s3.listObjectsV2(r -> r.bucket("box").delimiter("/"));
    assertThat(rolled.contents()).extracting("key").containsExactly("a", "ba", "c&d e");
    assertThat(rolled.commonPrefixes()).extracting("prefix").containsExactly("a/", "b/");
    assertThat(rolled.keyCount()).isEqualTo(5);
    var inside = s3.listObjectsV2(r -> r.bucket("box").delimiter("/").prefix("b/"));
    assertThat(inside.contents()).extracting("key").containsExactly("b/y");
    assertThat(inside.commonPrefixes()).extracting("prefix").containsExactly("b/x/");
    assertThat(keys(r -> r.startAfter("b/x/1"))).containsExactly("b/x/2", "b/y", "ba", "c&d e");
    assertThat(keys(r -> r.prefix("a/"))).containsExactly("a/b", "a/c");
    assertThat(keys(r -> r.maxKeys(0))).isEmpty();
    var owned = s3.listObjectsV2(r -> r.bucket("box").fetchOwner(true).maxKeys(1));
    assertThat(owned.contents().getFirst().owner().id()).isEqualTo("000000000000");
    assertThat(owned.contents().getFirst().size()).isEqualTo(1);
    assertThat(owned.isTruncated()).isTrue();
    assertThat(
            error(
                () ->
                    s3.listObjectsV2(
                        r ->
                            r.bucket("box")
                                .prefix("other")
                                .continuationToken(owned.nextContinuationToken()))))
        .isEqualTo("400 InvalidArgument");
    assertThat(error(() -> keys(r -> r.continuationToken("made up"))))
        .isEqualTo("400 InvalidArgument");
    var v1 = s3.listObjects(r -> r.bucket("box").delimiter("/").maxKeys(2));
    assertThat(v1.nextMarker()).isEqualTo("a/");
    var rest = s3.listObjects(r -> r.bucket("box").delimiter("/").marker("a/"));
    assertThat(rest.contents()).extracting("key").containsExactly("ba", "c&d e");
  }

  @Test
  void readersKeepWhatTheyBeganToRead() throws Exception {
    byte[] large = new byte[3 << 20];
    new Random(2).nextBytes(large);
    s3.putObject(r -> r.bucket("box").key("k"), RequestBody.fromBytes(large));
    try (ResponseInputStream<GetObjectResponse> reader =
        s3.getObject(r -> r.bucket("box").key("k"))) {
      byte[] start = reader.readNBytes(1000);
      put("k", "replaced");
      s3.deleteObject(r -> r.bucket("box").key("k"));
      byte[] rest = reader.readAllBytes();
      assertThat(start.length + rest.length).isEqualTo(large.length);
      assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(large, 1000, large.length));
    }
    assertThat(blobs(home)).isZero();
  }
}
