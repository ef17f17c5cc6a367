package dev.outcrop.objects;

import dev.outcrop.storage.Database;

/** What is in each bucket. */
final class BucketContents {
  private final Database database;
  private final BucketTable buckets;
  private final ObjectTable objects;
  private final Blobs blobs;

  BucketContents(Database database, BucketTable buckets, ObjectTable objects, Blobs blobs) {
    this.database = database;
    this.buckets = buckets;
    this.objects = objects;
    this.blobs = blobs;
  }

  BucketTable buckets() {
    return buckets;
  }

  Contents of(Bucket bucket) {
    return bucket.folder() == null
        ? new StoredContents(database, objects, blobs, bucket.name())
        : FolderContents.of(bucket);
  }
}
