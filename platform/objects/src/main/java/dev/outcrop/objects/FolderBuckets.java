package dev.outcrop.objects;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.RequestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Read-only buckets that show a user's folder as it is. A key is a path from the folder with
 * slashes; hidden files, linked folders and links that lead out of it are left out. They are kept
 * in the database, so they are still there after a restart.
 */
public final class FolderBuckets {
  private final Database database;
  private final BucketTable buckets;
  private final InstantSource clock;

  FolderBuckets(Database database, BucketTable buckets, InstantSource clock) {
    this.database = database;
    this.buckets = buckets;
    this.clock = clock;
  }

  /**
   * Shows a folder as a bucket of the caller's account; the same again changes nothing.
   *
   * @throws IllegalArgumentException when it is no folder, or the bucket shows something else
   * @throws software.amazon.awssdk.services.s3.model.S3Exception when the name is not valid
   */
  public void register(String bucket, Path folder) {
    Names.requireBucket(bucket);
    Path real = real(folder);
    RequestContext context = RequestContext.current();
    database.write(
        sql -> {
          Bucket there = buckets.find(bucket);
          if (there == null) {
            buckets.insert(
                new Bucket(
                    bucket,
                    context.account(),
                    context.region(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS),
                    real));
          } else if (!real.equals(there.folder())) {
            throw new IllegalArgumentException(
                "The bucket " + bucket + " exists and does not show the folder " + real);
          }
          return null;
        });
  }

  private static Path real(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("There is no folder " + folder);
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops showing a folder; the folder itself is not touched. Does nothing for other buckets. */
  public void unregister(String bucket) {
    database.write(
        sql -> {
          Bucket there = buckets.find(bucket);
          if (there != null && there.folder() != null) {
            buckets.delete(bucket);
          }
          return null;
        });
  }
}
