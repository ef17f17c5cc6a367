package dev.outcrop.knowledge.documents;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseDocument;

/** Documents that clients sent or want deleted, in order, kept until that is done. */
public final class SubmissionTable {
  private static final Table<Record> TABLE = table(name("knowledge_submission"));
  private static final Field<Long> SEQ = field(name("seq"), Long.class);
  private static final Field<String> BASE = field(name("knowledge_base"), String.class);
  private static final Field<String> SOURCE = field(name("data_source"), String.class);
  private static final Field<String> KIND = field(name("kind"), String.class);
  private static final Field<String> ID = field(name("id"), String.class);
  private static final Field<String> BODY = field(name("body"), String.class);

  private final Database database;

  public SubmissionTable(Database database) {
    this.database = database;
  }

  /**
   * What is to be done.
   *
   * @param seq its place in the order
   * @param key the document
   * @param document as sent; null to delete it
   */
  public record Submission(long seq, DocumentKey key, KnowledgeBaseDocument document) {}

  public void add(String base, DocumentKey key, KnowledgeBaseDocument document) {
    database.write(
        sql -> {
          Long last = sql.select(max(SEQ)).from(TABLE).fetchOne(0, Long.class);
          return sql.insertInto(TABLE)
              .set(SEQ, last == null ? 1 : last + 1)
              .set(BASE, base)
              .set(SOURCE, key.dataSourceId())
              .set(KIND, key.kind().name())
              .set(ID, key.id())
              .set(
                  BODY,
                  document == null
                      ? null
                      : new String(SdkJson.write(document), StandardCharsets.UTF_8))
              .execute();
        });
  }

  /** The next of a data source after this place. */
  public List<Submission> after(String base, String source, long seq, int limit) {
    return database.read(
        sql ->
            sql.selectFrom(TABLE)
                .where(BASE.eq(base))
                .and(SOURCE.eq(source))
                .and(SEQ.gt(seq))
                .orderBy(SEQ)
                .limit(limit)
                .fetch(SubmissionTable::read));
  }

  public void done(Collection<Long> seqs) {
    database.write(sql -> sql.deleteFrom(TABLE).where(SEQ.in(seqs)).execute());
  }

  public void deleteSource(String base, String source) {
    database.write(
        sql -> sql.deleteFrom(TABLE).where(BASE.eq(base)).and(SOURCE.eq(source)).execute());
  }

  private static Submission read(Record row) {
    String body = row.get(BODY);
    KnowledgeBaseDocument document =
        body == null
            ? null
            : SdkJson.read(body.getBytes(StandardCharsets.UTF_8), KnowledgeBaseDocument::builder);
    return new Submission(
        row.get(SEQ),
        new DocumentKey(row.get(SOURCE), DocumentKey.Kind.valueOf(row.get(KIND)), row.get(ID)),
        document);
  }
}
