package dev.outcrop.objects;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** Multipart uploads in progress. */
final class UploadTable {
  static final Table<?> UPLOAD = table(name("s3_upload"));
  static final Table<?> PART = table(name("s3_part"));
  static final Field<Long> INITIATED = field(name("initiated"), Long.class);

  private static final Field<String> REQUEST = field(name("request"), String.class);
  private static final Field<String> UPLOAD_ID = field(name("upload_id"), String.class);
  private static final Field<String> CHECKSUM = field(name("checksum"), String.class);

  /** An upload. */
  record Upload(
      String id,
      String bucket,
      String key,
      Instant initiated,
      CreateMultipartUploadRequest request) {}

  /** A part of one; the checksum is base64, of the upload's algorithm, or null. */
  record Part(int number, String blob, long size, String etag, String checksum, Instant modified) {}

  private final Database database;
  private final ObjectTable objects;

  UploadTable(Database database, ObjectTable objects) {
    this.database = database;
    this.objects = objects;
  }

  void insert(Upload upload) {
    String json = new String(SdkJson.write(upload.request()), StandardCharsets.UTF_8);
    database.write(
        sql ->
            sql.insertInto(UPLOAD)
                .set(ObjectTable.ID, upload.id())
                .set(ObjectTable.BUCKET, upload.bucket())
                .set(ObjectTable.KEY, upload.key())
                .set(INITIATED, upload.initiated().toEpochMilli())
                .set(REQUEST, json)
                .execute());
  }

  /** The upload of that id for that key. */
  Upload require(String bucket, String key, String id) {
    Condition same = ObjectTable.BUCKET.eq(bucket).and(ObjectTable.KEY.eq(String.valueOf(key)));
    List<Upload> found = list(same.and(ObjectTable.ID.eq(String.valueOf(id))), 1);
    if (found.isEmpty()) {
      throw S3Errors.noSuchUpload(id);
    }
    return found.getFirst();
  }

  /** Uploads by key, then id. */
  List<Upload> list(Condition condition, int limit) {
    return database.read(
        sql ->
            sql.select()
                .from(UPLOAD)
                .where(condition)
                .orderBy(ObjectTable.KEY, ObjectTable.ID)
                .limit(limit)
                .fetch(UploadTable::upload));
  }

  /** Puts a part in the place of the one that has its number; within a write. */
  void put(String upload, Part part) {
    database.write(
        sql -> {
          Condition same = UPLOAD_ID.eq(upload).and(ObjectTable.NUMBER.eq(part.number()));
          List<String> before =
              sql.select(ObjectTable.BLOB).from(PART).where(same).fetch(ObjectTable.BLOB);
          sql.deleteFrom(PART).where(same).execute();
          sql.insertInto(PART)
              .set(UPLOAD_ID, upload)
              .set(ObjectTable.NUMBER, part.number())
              .set(ObjectTable.BLOB, part.blob())
              .set(ObjectTable.SIZE, part.size())
              .set(ObjectTable.ETAG, part.etag())
              .set(CHECKSUM, part.checksum())
              .set(ObjectTable.MODIFIED, part.modified().toEpochMilli())
              .execute();
          objects.drop(sql, before);
          return null;
        });
  }

  /** Parts by number. */
  List<Part> parts(String upload, int after, int limit) {
    return database.read(
        sql ->
            sql.select()
                .from(PART)
                .where(UPLOAD_ID.eq(upload), ObjectTable.NUMBER.gt(after))
                .orderBy(ObjectTable.NUMBER)
                .limit(limit)
                .fetch(UploadTable::part));
  }

  /** Ends an upload; the files of its parts go unless an object has them now; within a write. */
  void delete(String upload) {
    database.write(
        sql -> {
          List<String> files =
              sql.select(ObjectTable.BLOB)
                  .from(PART)
                  .where(UPLOAD_ID.eq(upload))
                  .fetch(ObjectTable.BLOB);
          sql.deleteFrom(PART).where(UPLOAD_ID.eq(upload)).execute();
          sql.deleteFrom(UPLOAD).where(ObjectTable.ID.eq(upload)).execute();
          objects.drop(sql, files);
          return null;
        });
  }

  private static Upload upload(Record row) {
    byte[] json = row.get(REQUEST).getBytes(StandardCharsets.UTF_8);
    return new Upload(
        row.get(ObjectTable.ID),
        row.get(ObjectTable.BUCKET),
        row.get(ObjectTable.KEY),
        Instant.ofEpochMilli(row.get(INITIATED)),
        SdkJson.read(json, CreateMultipartUploadRequest::builder));
  }

  private static Part part(Record row) {
    return new Part(
        row.get(ObjectTable.NUMBER),
        row.get(ObjectTable.BLOB),
        row.get(ObjectTable.SIZE),
        row.get(ObjectTable.ETAG),
        row.get(CHECKSUM),
        Instant.ofEpochMilli(row.get(ObjectTable.MODIFIED)));
  }
}
