package dev.outcrop.knowledge.documents;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import software.amazon.awssdk.services.bedrockagent.model.DocumentStatus;

/**
 * The documents of all knowledge bases: what the last scan saw and what the index holds. The two
 * are compared to find what is new, changed and gone.
 */
public final class DocumentTable {
  static final Table<Record> TABLE = table(name("knowledge_document"));
  static final Field<String> BASE = field(name("knowledge_base"), String.class);
  static final Field<String> SOURCE = field(name("data_source"), String.class);
  static final Field<String> KIND = field(name("kind"), String.class);
  static final Field<String> ID = field(name("id"), String.class);
  static final Field<String> STATUS = field(name("status"), String.class);
  static final Field<String> REASON = field(name("reason"), String.class);
  static final Field<String> SEEN_VERSION = field(name("seen_version"), String.class);
  static final Field<Long> SEEN_SIZE = field(name("seen_size"), Long.class);
  static final Field<String> SEEN_METADATA = field(name("seen_metadata"), String.class);
  static final Field<String> SEEN_BY = field(name("seen_by"), String.class);
  static final Field<String> VERSION = field(name("version"), String.class);
  static final Field<String> METADATA_VERSION = field(name("metadata_version"), String.class);
  static final Field<String> DONE_BY = field(name("done_by"), String.class);
  static final Field<Integer> CHUNKS = field(name("chunks"), Integer.class);
  static final Field<Long> UPDATED = field(name("updated"), Long.class);

  private final Database database;
  private final InstantSource clock;

  public DocumentTable(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public Optional<DocumentRow> find(String base, DocumentKey key) {
    return database.read(
        sql -> sql.selectFrom(TABLE).where(row(base, key)).fetchOptional(DocumentTable::read));
  }

  /** Documents of a data source after the given one (null: from the first), by kind and id. */
  public List<DocumentRow> after(String base, String source, DocumentKey last, int limit) {
    Condition wanted = of(base, source);
    if (last != null) {
      wanted = wanted.and(DSL.row(KIND, ID).gt(last.kind().name(), last.id()));
    }
    return select(wanted, limit);
  }

  List<DocumentRow> select(Condition wanted, int limit) {
    return database.read(
        sql ->
            sql.selectFrom(TABLE)
                .where(wanted)
                .orderBy(KIND, ID)
                .limit(limit)
                .fetch(DocumentTable::read));
  }

  /** Sets the status, adding the document when it is not known. */
  public void status(String base, DocumentKey key, DocumentStatus status, String reason) {
    database.write(
        sql ->
            sql.insertInto(TABLE)
                .set(BASE, base)
                .set(SOURCE, key.dataSourceId())
                .set(KIND, key.kind().name())
                .set(ID, key.id())
                .set(STATUS, status.toString())
                .set(REASON, reason)
                .set(SEEN_SIZE, 0L)
                .set(CHUNKS, 0)
                .set(UPDATED, clock.millis())
                .onConflict(BASE, SOURCE, KIND, ID)
                .doUpdate()
                .set(STATUS, status.toString())
                .set(REASON, reason)
                .set(UPDATED, clock.millis())
                .execute());
  }

  /** Notes what the index now holds of the document. */
  public void indexed(String base, DocumentRow document, int chunks, String job) {
    database.write(
        sql ->
            sql.update(TABLE)
                .set(STATUS, DocumentStatus.INDEXED.toString())
                .setNull(REASON)
                .set(VERSION, document.seenVersion())
                .set(METADATA_VERSION, document.seenMetadata())
                .set(DONE_BY, job)
                .set(CHUNKS, chunks)
                .set(UPDATED, clock.millis())
                .where(row(base, document.key()))
                .execute());
  }

  /** Notes that the job gave the document up; the index holds nothing of it any more. */
  public void failed(String base, DocumentKey key, String reason, String job) {
    database.write(
        sql ->
            sql.update(TABLE)
                .set(STATUS, DocumentStatus.FAILED.toString())
                .set(REASON, reason)
                .setNull(VERSION)
                .setNull(METADATA_VERSION)
                .set(DONE_BY, job)
                .set(CHUNKS, 0)
                .set(UPDATED, clock.millis())
                .where(row(base, key))
                .execute());
  }

  public void delete(String base, DocumentKey key) {
    database.write(sql -> sql.deleteFrom(TABLE).where(row(base, key)).execute());
  }

  public void deleteSource(String base, String source) {
    database.write(sql -> sql.deleteFrom(TABLE).where(of(base, source)).execute());
  }

  /** Forgets what the index held, for when it was lost: every document is indexed again. */
  public void forgetVersions(String base) {
    database.write(
        sql ->
            sql.update(TABLE)
                .setNull(VERSION)
                .setNull(METADATA_VERSION)
                .set(CHUNKS, 0)
                .where(BASE.eq(base))
                .execute());
  }

  /** Whether the index ought to hold chunks of this knowledge base. */
  public boolean anyIndexed(String base) {
    return database.read(sql -> sql.fetchExists(TABLE, BASE.eq(base).and(CHUNKS.gt(0))));
  }

  static Condition of(String base, String source) {
    return BASE.eq(base).and(SOURCE.eq(source));
  }

  static Condition row(String base, DocumentKey key) {
    return of(base, key.dataSourceId()).and(KIND.eq(key.kind().name())).and(ID.eq(key.id()));
  }

  static DocumentRow read(Record r) {
    return new DocumentRow(
        new DocumentKey(r.get(SOURCE), DocumentKey.Kind.valueOf(r.get(KIND)), r.get(ID)),
        DocumentStatus.fromValue(r.get(STATUS)),
        r.get(REASON),
        r.get(SEEN_VERSION),
        r.get(SEEN_SIZE),
        r.get(SEEN_METADATA),
        r.get(VERSION),
        r.get(METADATA_VERSION),
        r.get(CHUNKS),
        Instant.ofEpochMilli(r.get(UPDATED)));
  }
}
