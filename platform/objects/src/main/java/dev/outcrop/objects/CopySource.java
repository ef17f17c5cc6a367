package dev.outcrop.objects;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The object that a request copies from.
 *
 * @param bucket its bucket
 * @param key its key
 */
record CopySource(String bucket, String key) {

  /** From {@code CopySource}, a path with escapes, or from the SDK's members for its halves. */
  static CopySource of(SdkPojo request) {
    String path = (String) Members.get(request, "CopySource");
    String bucket = (String) Members.get(request, "SourceBucket");
    String key = (String) Members.get(request, "SourceKey");
    if (path == null) {
      if (bucket == null || key == null) {
        throw S3Errors.invalidArgument("The copy source must name the bucket and the key");
      }
      return new CopySource(bucket, key);
    }
    String plain = path.startsWith("/") ? path.substring(1) : path;
    int query = plain.indexOf("?versionId=");
    if (query >= 0) {
      if (!plain.substring(query).equals("?versionId=null")) {
        throw S3Errors.notImplemented("Versions of objects are not implemented in Outcrop");
      }
      plain = plain.substring(0, query);
    }
    int slash = plain.indexOf('/');
    if (plain.startsWith("arn:") || slash <= 0 || slash == plain.length() - 1) {
      throw S3Errors.invalidArgument("The copy source must be of the form bucket/key: " + path);
    }
    return new CopySource(decoded(plain.substring(0, slash)), decoded(plain.substring(slash + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalidArgument("The copy source has a wrong escape: " + text);
    }
  }

  /** Finds it, if the request's conditions on it hold. */
  Contents.Found find(SdkPojo request, BucketContents contents) {
    String owner = (String) Members.get(request, "ExpectedSourceBucketOwner");
    Contents.Found found = contents.of(contents.buckets().require(bucket, owner)).find(key);
    if (found == null) {
      throw S3Errors.noSuchKey(key);
    }
    new Conditions(
            (String) Members.get(request, "CopySourceIfMatch"),
            (String) Members.get(request, "CopySourceIfNoneMatch"),
            (Instant) Members.get(request, "CopySourceIfModifiedSince"),
            (Instant) Members.get(request, "CopySourceIfUnmodifiedSince"))
        .requireForCopy(found.head());
    return found;
  }
}
