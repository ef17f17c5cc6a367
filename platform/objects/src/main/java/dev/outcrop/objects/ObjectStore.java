package dev.outcrop.objects;

import dev.outcrop.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * S3's operations over a folder: buckets, keys and what is known of objects in the database, their
 * bytes in files with names of our own. A body is written beside, synced and moved into place
 * before the row that refers to it is committed, so what was acknowledged is there after a crash,
 * and nobody ever sees half an object. Files that a crash left without a row are swept at the next
 * start.
 */
public final class ObjectStore {
  private static final int SCHEMA = 1;

  private final List<Object> capabilities;
  private final FolderBuckets folders;

  private ObjectStore(List<Object> capabilities, FolderBuckets folders) {
    this.capabilities = capabilities;
    this.folders = folders;
  }

  /**
   * Opens the store.
   *
   * @param home the folder of the server's state; bytes go into {@code objects} inside
   */
  public static ObjectStore open(Database database, Path home) {
    return open(database, home, InstantSource.system());
  }

  /** The same with another clock. */
  public static ObjectStore open(Database database, Path home, InstantSource clock) {
    database.migrate("objects", SCHEMA, ObjectStore.class);
    Blobs blobs = blobs(home);
    Thread.ofVirtual().name("objects-sweep").start(() -> sweep(database, blobs));
    BucketTable buckets = new BucketTable(database);
    ObjectTable objects = new ObjectTable(database, blobs);
    UploadTable uploads = new UploadTable(database, objects);
    BucketContents contents = new BucketContents(database, buckets, objects, blobs);
    ObjectWrites writes = new ObjectWrites(database, buckets, objects, blobs, clock);
    return new ObjectStore(
        List.of(
            new Buckets(database, buckets, objects, uploads, clock),
            new ObjectReads(contents),
            writes,
            new ObjectDeletions(database, buckets, objects),
            new ObjectCopies(database, contents, objects, writes, blobs),
            new ObjectListings(database, contents),
            new MultipartUploads(database, contents, uploads, blobs, clock),
            new MultipartCompletion(database, buckets, objects, uploads, writes),
            new MultipartListings(buckets, uploads)),
        new FolderBuckets(database, buckets, clock));
  }

  private static Blobs blobs(Path home) {
    try {
      return new Blobs(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the work, for a large store has many files; only files older than this start go. */
  private static void sweep(Database database, Blobs blobs) {
    try {
      blobs.sweep(blob -> database.read(sql -> ObjectTable.isUsed(sql, blob)));
    } catch (IllegalStateException | UncheckedIOException e) {
      // the store was closed or removed meanwhile; the next start sweeps again
    }
  }

  /** The objects whose methods are S3's operations. */
  public List<Object> capabilities() {
    return capabilities;
  }

  /** Buckets that show a user's folder. */
  public FolderBuckets folders() {
    return folders;
  }
}
