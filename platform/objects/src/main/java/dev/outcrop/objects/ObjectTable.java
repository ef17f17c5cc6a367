package dev.outcrop.objects;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.outcrop.objects.KeyOrder.Bound;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The objects that are kept here and the files that their bytes are in. */
final class ObjectTable {
  static final Table<?> OBJECT = table(name("s3_object"));
  static final Field<String> ID = field(name("id"), String.class);
  static final Field<String> BUCKET = field(name("bucket"), String.class);
  static final Field<String> KEY = field(name("object_key"), String.class);
  static final Field<Long> SIZE = field(name("size"), Long.class);
  static final Field<String> ETAG = field(name("etag"), String.class);
  static final Field<Long> MODIFIED = field(name("modified"), Long.class);
  static final Field<String> HEAD = field(name("head"), String.class);

  private static final Table<?> PIECE = table(name("s3_piece"));
  private static final Field<String> OBJECT_ID = field(name("object_id"), String.class);
  static final Field<Integer> NUMBER = field(name("number"), Integer.class);
  static final Field<String> BLOB = field(name("blob"), String.class);

  /** An object's row. */
  record Row(String id, String key, long size, String etag, Instant modified, String json) {
    HeadObjectResponse head() {
      HeadObjectResponse head =
          SdkJson.read(json.getBytes(StandardCharsets.UTF_8), HeadObjectResponse::builder);
      return head.toBuilder()
          .eTag(etag)
          .contentLength(size)
          .lastModified(modified)
          .acceptRanges("bytes")
          .build();
    }
  }

  private final Database database;
  private final Blobs blobs;

  ObjectTable(Database database, Blobs blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  /** The object, or null. */
  Row find(String bucket, String key) {
    return database.read(
        sql ->
            sql.select()
                .from(OBJECT)
                .where(BUCKET.eq(bucket), KEY.eq(key))
                .fetchOne(ObjectTable::row));
  }

  List<Piece> pieces(String object) {
    return database.read(
        sql ->
            sql.select(NUMBER, BLOB, SIZE)
                .from(PIECE)
                .where(OBJECT_ID.eq(object))
                .orderBy(NUMBER)
                .fetch(row -> new Piece(row.value1(), row.value2(), row.value3())));
  }

  /** The next objects of a bucket by key. */
  List<Row> list(String bucket, String prefix, Bound from, int limit) {
    Condition condition = BUCKET.eq(bucket).and(KEY.ge(prefix));
    condition = condition.and(from.inclusive() ? KEY.ge(from.key()) : KEY.gt(from.key()));
    String end = prefix.isEmpty() ? null : KeyOrder.after(prefix);
    Condition all = end == null ? condition : condition.and(KEY.lt(end));
    return database.read(
        sql ->
            sql.select().from(OBJECT).where(all).orderBy(KEY).limit(limit).fetch(ObjectTable::row));
  }

  /** Puts an object in the place of the one that has its key; within a write. */
  void put(String bucket, Row row, List<Piece> pieces) {
    database.write(
        sql -> {
          remove(sql, bucket, row.key());
          sql.insertInto(OBJECT)
              .set(ID, row.id())
              .set(BUCKET, bucket)
              .set(KEY, row.key())
              .set(SIZE, row.size())
              .set(ETAG, row.etag())
              .set(MODIFIED, row.modified().toEpochMilli())
              .set(HEAD, row.json())
              .execute();
          for (Piece piece : pieces) {
            sql.insertInto(PIECE)
                .set(OBJECT_ID, row.id())
                .set(NUMBER, piece.number())
                .set(BLOB, piece.blob())
                .set(SIZE, piece.size())
                .execute();
          }
          return null;
        });
  }

  /** Removes an object if it is there; within a write. */
  void delete(String bucket, String key) {
    database.write(
        sql -> {
          remove(sql, bucket, key);
          return null;
        });
  }

  private void remove(DSLContext sql, String bucket, String key) {
    String id = sql.select(ID).from(OBJECT).where(BUCKET.eq(bucket), KEY.eq(key)).fetchOne(ID);
    if (id != null) {
      List<String> files = sql.select(BLOB).from(PIECE).where(OBJECT_ID.eq(id)).fetch(BLOB);
      sql.deleteFrom(PIECE).where(OBJECT_ID.eq(id)).execute();
      sql.deleteFrom(OBJECT).where(ID.eq(id)).execute();
      drop(sql, files);
    }
  }

  /** Deletes those of the files, once the write is durable, that nothing refers to by then. */
  void drop(DSLContext sql, Collection<String> files) {
    List<String> unused = files.stream().filter(file -> !isUsed(sql, file)).toList();
    database.afterCommit(() -> blobs.delete(unused));
  }

  static boolean isUsed(DSLContext sql, String blob) {
    return sql.fetchExists(selectOne().from(PIECE).where(BLOB.eq(blob)))
        || sql.fetchExists(selectOne().from(UploadTable.PART).where(BLOB.eq(blob)));
  }

  boolean isEmpty(String bucket) {
    return database.read(
        sql -> !sql.fetchExists(selectOne().from(OBJECT).where(BUCKET.eq(bucket))));
  }

  private static Row row(Record row) {
    return new Row(
        row.get(ID),
        row.get(KEY),
        row.get(SIZE),
        row.get(ETAG),
        Instant.ofEpochMilli(row.get(MODIFIED)),
        row.get(HEAD));
  }
}
