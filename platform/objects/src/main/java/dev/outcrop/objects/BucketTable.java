package dev.outcrop.objects;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.storage.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The buckets. */
final class BucketTable {
  static final Table<?> BUCKET = table(name("s3_bucket"));
  static final Field<String> NAME = field(name("name"), String.class);
  static final Field<String> ACCOUNT = field(name("account"), String.class);
  static final Field<String> REGION = field(name("region"), String.class);
  static final Field<Long> CREATED = field(name("created"), Long.class);
  static final Field<String> FOLDER = field(name("folder"), String.class);

  private final Database database;

  BucketTable(Database database) {
    this.database = database;
  }

  /** The bucket, or null. */
  Bucket find(String bucket) {
    return database.read(
        sql -> sql.select().from(BUCKET).where(NAME.eq(bucket)).fetchOne(BucketTable::bucket));
  }

  /**
   * The bucket.
   *
   * @param expectedOwner the account that the caller takes for its owner, or null
   */
  Bucket require(String name, String expectedOwner) {
    Bucket bucket = name == null ? null : find(name);
    if (bucket == null) {
      throw S3Errors.noSuchBucket(String.valueOf(name));
    }
    if (expectedOwner != null && !expectedOwner.equals(bucket.account())) {
      throw S3Errors.accessDenied("The bucket belongs to another account than expected");
    }
    return bucket;
  }

  /** The same for a bucket that is to be changed. */
  Bucket requireWritable(String name, String expectedOwner) {
    Bucket bucket = require(name, expectedOwner);
    if (bucket.folder() != null) {
      throw S3Errors.accessDenied(
          "The bucket shows the folder " + bucket.folder() + " as it is and can't be written to");
    }
    return bucket;
  }

  void insert(Bucket bucket) {
    database.write(
        sql ->
            sql.insertInto(BUCKET)
                .set(NAME, bucket.name())
                .set(ACCOUNT, bucket.account())
                .set(REGION, bucket.region())
                .set(CREATED, bucket.created().toEpochMilli())
                .set(FOLDER, bucket.folder() == null ? null : bucket.folder().toString())
                .execute());
  }

  void delete(String bucket) {
    database.write(sql -> sql.deleteFrom(BUCKET).where(NAME.eq(bucket)).execute());
  }

  /** Buckets by name. */
  List<Bucket> list(Condition condition, int limit) {
    return database.read(
        sql ->
            sql.select()
                .from(BUCKET)
                .where(condition)
                .orderBy(NAME)
                .limit(limit)
                .fetch(BucketTable::bucket));
  }

  private static Bucket bucket(Record row) {
    String folder = row.get(FOLDER);
    return new Bucket(
        row.get(NAME),
        row.get(ACCOUNT),
        row.get(REGION),
        Instant.ofEpochMilli(row.get(CREATED)),
        folder == null ? null : Path.of(folder));
  }
}
