package dev.outcrop.models.batch;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket that jobs read from or write to.
 *
 * @param owner the account that must own it, or null
 */
record Bucket(S3Client s3, String name, String owner) {

  void list(String prefix, Consumer<S3Object> each) {
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(
              r ->
                  r.bucket(name).prefix(prefix).expectedBucketOwner(owner).continuationToken(from));
      page.contents().forEach(each);
      token = page.nextContinuationToken();
    } while (token != null);
  }

  Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(s3.headObject(r -> r.bucket(name).key(key).expectedBucketOwner(owner)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** Reads an object that must not have changed since it had this tag. */
  InputStream open(String key, String tag) {
    return s3.getObject(r -> r.bucket(name).key(key).expectedBucketOwner(owner).ifMatch(tag));
  }

  void put(String key, String type, byte[] content) {
    s3.putObject(
        r -> r.bucket(name).key(key).expectedBucketOwner(owner).contentType(type),
        RequestBody.fromBytes(content));
  }

  void put(String key, String type, long length, Supplier<InputStream> content) {
    s3.putObject(
        r ->
            r.bucket(name)
                .key(key)
                .expectedBucketOwner(owner)
                .contentType(type)
                .contentLength(length),
        RequestBody.fromContentProvider(content::get, length, type));
  }

  /** Fails unless objects can be written here: better before models were paid than after. */
  void requireWritable(String key) {
    put(key, "application/octet-stream", new byte[0]);
    s3.deleteObject(r -> r.bucket(name).key(key).expectedBucketOwner(owner));
  }
}
