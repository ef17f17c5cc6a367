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
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket that jobs read from or write to.
 *
 * @param owner the account that must own it, or null
 */
record Bucket(S3Client s3, String name, String owner) {

  /**
   * Requires the bucket of an S3 URI: work that can't be read or written is better refused than
   * failed.
   *
   * @throws IllegalArgumentException when it isn't there, is somebody else's, or it is no S3 URI
   */
  static void require(S3Client s3, String uri, String owner) {
    String bucket = Location.of(uri).bucket();
    try {
      s3.headBucket(r -> r.bucket(bucket).expectedBucketOwner(owner));
    } catch (S3Exception e) {
      String why =
          switch (e.statusCode()) {
            case 404 -> " does not exist. Create it or name another.";
            case 403 -> " may not be used: it belongs to another account, or is denied.";
            case 400 -> " has no name that a bucket can have.";
            case 301 -> " is in another region.";
            default -> throw e;
          };
      throw new IllegalArgumentException("The bucket of " + uri + why, e);
    }
  }

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
