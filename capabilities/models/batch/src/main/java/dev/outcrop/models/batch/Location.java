package dev.outcrop.models.batch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a bucket, {@code s3://bucket/key}; the key may be empty. */
record Location(String bucket, String key) {
  private static final Pattern URI = Pattern.compile("s3://([^/]+)(?:/(.*))?", Pattern.DOTALL);

  /**
   * @throws IllegalArgumentException when it is no such URI
   */
  static Location of(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      throw new IllegalArgumentException("This is not an S3 URI (s3://bucket/key): " + uri);
    }
    return new Location(parts.group(1), parts.group(2) == null ? "" : parts.group(2));
  }

  /** This as a folder: its key ends with a slash, or is empty for the whole bucket. */
  Location folder() {
    return key.isEmpty() || key.endsWith("/") ? this : new Location(bucket, key + "/");
  }

  Location in(String name) {
    return new Location(bucket, folder().key() + name);
  }

  String uri() {
    return "s3://" + bucket + "/" + key;
  }
}
