package dev.outcrop.knowledge.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket that documents come from.
 *
 * @param owner the account that must own it, or null
 */
record Bucket(S3Client s3, String name, String owner) {

  /** The bucket of {@code s3://bucket/key}. */
  static String nameOf(String uri) {
    int slash = uri.indexOf('/', "s3://".length());
    return uri.substring("s3://".length(), slash < 0 ? uri.length() : slash);
  }

  /** The key of {@code s3://bucket/key}. */
  static String keyOf(String uri) {
    int slash = uri.indexOf('/', "s3://".length());
    return slash < 0 ? "" : uri.substring(slash + 1);
  }

  String uri(String key) {
    return "s3://" + name + "/" + key;
  }

  /** Hands over the objects below a prefix, page by page. */
  void list(String prefix, Consumer<List<S3Object>> pages) {
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(
              r ->
                  r.bucket(name).prefix(prefix).expectedBucketOwner(owner).continuationToken(from));
      pages.accept(page.contents());
      token = page.nextContinuationToken();
    } while (token != null);
  }

  /** Copies an object into a temporary file. */
  Content fetch(String key) throws DocumentFailure, IOException {
    Path file = Files.createTempFile("outcrop-document-", ".tmp");
    boolean done = false;
    try (InputStream in = open(key);
        OutputStream out = Files.newOutputStream(file)) {
      copy(in, out, Content.MOST_BYTES);
      done = true;
      return new Content(file, key.substring(key.lastIndexOf('/') + 1));
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Reads a small object whole. */
  byte[] read(String key, int limit) throws DocumentFailure, IOException {
    try (InputStream in = open(key)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new DocumentFailure(
            uri(key) + " is larger than " + limit + " bytes, the most a metadata file may have.");
      }
      return bytes;
    }
  }

  private ResponseInputStream<GetObjectResponse> open(String key) throws DocumentFailure {
    try {
      return s3.getObject(r -> r.bucket(name).key(key).expectedBucketOwner(owner));
    } catch (SdkException e) {
      throw new DocumentFailure("The object can't be read: " + e.getMessage(), e);
    }
  }

  private static void copy(InputStream in, OutputStream out, long limit)
      throws IOException, DocumentFailure {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
      if (total > limit) {
        throw new DocumentFailure(tooLarge());
      }
      out.write(buffer, 0, n);
    }
  }

  static String tooLarge() {
    return "The file is larger than " + Content.MOST_BYTES / (1024 * 1024) + " MB.";
  }
}
