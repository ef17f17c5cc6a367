package dev.outcrop.objects;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** S3's rules for the names of buckets and the keys of objects. */
final class Names {
  private static final int LONGEST_KEY = 1024;
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?:xn--|sthree-|amzn-s3-demo-).*|.*(?:-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)");

  private Names() {}

  /** For a bucket that is to be made. */
  static void requireBucket(String name) {
    boolean valid =
        BUCKET.matcher(name).matches()
            && !name.contains("..")
            && !ADDRESS.matcher(name).matches()
            && !RESERVED.matcher(name).matches();
    if (!valid) {
      throw S3Errors.of(
          400,
          "InvalidBucketName",
          "The specified bucket is not valid: "
              + name
              + ". Bucket names are 3 to 63 lower-case letters, digits, dots and hyphens, and begin"
              + " and end with a letter or digit.");
    }
  }

  static void requireKey(String key) {
    if (key == null || key.isEmpty()) {
      throw S3Errors.invalidArgument("A key has at least one character");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw S3Errors.of(400, "KeyTooLongError", "Your key is too long: at most 1,024 bytes");
    }
    if (key.indexOf(0) >= 0) {
      throw S3Errors.invalidArgument("Keys can't contain the character NUL");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw S3Errors.invalidArgument("The key is not valid Unicode");
    }
  }
}
