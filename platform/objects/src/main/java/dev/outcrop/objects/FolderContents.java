package dev.outcrop.objects;

import dev.outcrop.objects.KeyOrder.Bound;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A user's folder as it is: keys are paths from it. Hidden files are left out, and links that lead
 * out of it. An entity tag stands for a file's identity, size and time of change, so nothing is
 * read to list; its {@code -0} says that it is no MD5.
 */
final class FolderContents implements Contents {
  private final Path root;

  FolderContents(Path root) {
    this.root = root;
  }

  /**
   * @throws software.amazon.awssdk.services.s3.model.NoSuchBucketException when the folder is gone
   */
  static FolderContents of(Bucket bucket) {
    if (!Files.isDirectory(bucket.folder())) {
      throw S3Errors.noSuchBucket(
          bucket.name() + " (its folder " + bucket.folder() + " is no longer there)");
    }
    return new FolderContents(bucket.folder());
  }

  @Override
  public Found find(String key) {
    Path file = file(key);
    if (file == null) {
      return null;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      String type = URLConnection.guessContentTypeFromName(key);
      HeadObjectResponse head =
          HeadObjectResponse.builder()
              .contentType(type == null ? "application/octet-stream" : type)
              .contentLength(attributes.size())
              .lastModified(modified(attributes))
              .eTag(etag(attributes))
              .acceptRanges("bytes")
              .build();
      return new Found(head, List.of(), (offset, length) -> open(file, offset));
    } catch (IOException e) {
      return null;
    }
  }

  private static InputStream open(Path file, long offset) throws IOException {
    FileChannel channel = FileChannel.open(file);
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  /** The file of a key; null where a listing would not show it. */
  private Path file(String key) {
    for (String segment : key.split("/", -1)) {
      if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\\') >= 0) {
        return null;
      }
    }
    try {
      Path file = root.resolve(key);
      return isShown(file) && followsNoLinkedFolder(file) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private boolean followsNoLinkedFolder(Path file) {
    for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
      if (Files.isSymbolicLink(folder)) {
        return false;
      }
    }
    return true;
  }

  /** A file, or a link to a file of the same folder. */
  private boolean isShown(Path file) {
    try {
      return Files.isRegularFile(file)
          && !Files.isHidden(file)
          && (!Files.isSymbolicLink(file) || file.toRealPath().startsWith(root.toRealPath()));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Iterator<S3Object> list(String prefix, Bound from) {
    return new FolderWalk(root, prefix, from, this::summary);
  }

  /** Null for what is not shown. */
  private S3Object summary(Path file, String key) {
    if (!isShown(file)) {
      return null;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return S3Object.builder()
          .key(key)
          .size(attributes.size())
          .eTag(etag(attributes))
          .lastModified(modified(attributes))
          .storageClass("STANDARD")
          .build();
    } catch (java.nio.file.NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant modified(BasicFileAttributes attributes) {
    return Instant.ofEpochSecond(attributes.lastModifiedTime().toInstant().getEpochSecond());
  }

  private static String etag(BasicFileAttributes attributes) {
    String identity =
        attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    Checksum.Sum md5 = new Checksum.Hash("MD5");
    byte[] bytes = identity.getBytes(StandardCharsets.UTF_8);
    md5.update(bytes, 0, bytes.length);
    return '"' + HexFormat.of().formatHex(md5.bytes()) + "-0\"";
  }
}
