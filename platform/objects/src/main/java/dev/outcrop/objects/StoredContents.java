package dev.outcrop.objects;

import dev.outcrop.objects.KeyOrder.Bound;
import dev.outcrop.storage.Database;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket whose objects are kept in the database and in files of ours. */
final class StoredContents implements Contents {
  /** Few rows are read at first, for a listing may jump to the next common prefix after one. */
  private static final int AT_FIRST = 16;

  private static final int AT_ONCE = 1001;

  private final Database database;
  private final ObjectTable objects;
  private final Blobs blobs;
  private final String bucket;

  StoredContents(Database database, ObjectTable objects, Blobs blobs, String bucket) {
    this.database = database;
    this.objects = objects;
    this.blobs = blobs;
    this.bucket = bucket;
  }

  /** The row and its pieces come from one snapshot, so they belong together. */
  @Override
  public Found find(String key) {
    return database.read(
        sql -> {
          ObjectTable.Row row = objects.find(bucket, key);
          if (row == null) {
            return null;
          }
          List<Piece> pieces = objects.pieces(row.id());
          boolean inParts = row.etag().indexOf('-') > 0;
          return new Found(
              row.head(),
              inParts ? pieces.stream().map(Piece::size).toList() : List.of(),
              (offset, length) -> new PiecesInput(blobs, pieces, offset, length));
        });
  }

  @Override
  public Iterator<S3Object> list(String prefix, Bound from) {
    return new Rows(prefix, from);
  }

  private final class Rows implements Iterator<S3Object> {
    private final String prefix;
    private final Queue<ObjectTable.Row> ready = new ArrayDeque<>();
    private Bound from;
    private int atOnce = AT_FIRST;
    private boolean ended;

    Rows(String prefix, Bound from) {
      this.prefix = prefix;
      this.from = from;
    }

    @Override
    public boolean hasNext() {
      if (ready.isEmpty() && !ended) {
        List<ObjectTable.Row> rows = objects.list(bucket, prefix, from, atOnce);
        ended = rows.size() < atOnce;
        atOnce = Math.min(4 * atOnce, AT_ONCE);
        ready.addAll(rows);
      }
      return !ready.isEmpty();
    }

    @Override
    public S3Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ObjectTable.Row row = ready.remove();
      from = Bound.behind(row.key());
      return summary(row);
    }
  }

  private static S3Object summary(ObjectTable.Row row) {
    S3Object.Builder summary =
        S3Object.builder()
            .key(row.key())
            .size(row.size())
            .eTag(row.etag())
            .lastModified(row.modified())
            .storageClass("STANDARD");
    if (row.json().contains("hecksum")) {
      HeadObjectResponse head = row.head();
      for (Checksum checksum : Checksum.values()) {
        if (checksum.sentIn(head) != null) {
          summary.checksumAlgorithmWithStrings(checksum.name());
          summary.checksumType(head.checksumType());
        }
      }
    }
    return summary.build();
  }
}
