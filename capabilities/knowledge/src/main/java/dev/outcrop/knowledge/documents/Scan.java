package dev.outcrop.knowledge.documents;

import static dev.outcrop.knowledge.documents.DocumentTable.*;

import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.storage.Database;
import java.time.InstantSource;
import java.util.List;
import org.jooq.Condition;
import software.amazon.awssdk.services.bedrockagent.model.DocumentStatus;

/**
 * What one ingestion job saw of a data source, and what follows from it. Seeing the same things
 * again changes nothing, so a scan that was cut off is simply done once more.
 */
public final class Scan {
  private final Database database;
  private final InstantSource clock;
  private final String base;
  private final String source;
  private final String job;

  public Scan(Database database, InstantSource clock, String base, String source, String job) {
    this.database = database;
    this.clock = clock;
    this.base = base;
    this.source = source;
    this.job = job;
  }

  /** An object that was seen; metadata files go by the URI of the document they are about. */
  public record Seen(String uri, String version, long size, boolean metadata) {}

  /** Notes the objects of one listing page. */
  public void seen(List<Seen> objects) {
    database.write(
        sql -> {
          objects.forEach(object -> upsert(sql, object));
          return objects.size();
        });
  }

  /** Forgets earlier sightings of metadata files, so that one that is gone counts as none. */
  public void begin() {
    database.write(
        sql -> sql.update(TABLE).setNull(SEEN_METADATA).where(all()).and(KIND.eq("S3")).execute());
  }

  private void upsert(org.jooq.DSLContext sql, Seen object) {
    var insert =
        sql.insertInto(TABLE)
            .set(BASE, base)
            .set(SOURCE, source)
            .set(KIND, DocumentKey.Kind.S3.name())
            .set(ID, object.uri())
            .set(STATUS, DocumentStatus.PENDING.toString())
            .set(CHUNKS, 0)
            .set(UPDATED, clock.millis());
    if (object.metadata()) {
      insert
          .set(SEEN_SIZE, 0L)
          .set(SEEN_METADATA, object.version())
          .onConflict(BASE, SOURCE, KIND, ID)
          .doUpdate()
          .set(SEEN_METADATA, object.version())
          .execute();
    } else {
      insert
          .set(SEEN_SIZE, object.size())
          .set(SEEN_VERSION, object.version())
          .set(SEEN_BY, job)
          .onConflict(BASE, SOURCE, KIND, ID)
          .doUpdate()
          .set(SEEN_SIZE, object.size())
          .set(SEEN_VERSION, object.version())
          .set(SEEN_BY, job)
          .execute();
    }
  }

  /** Seen documents that the index holds otherwise or not at all, after the given one. */
  public List<DocumentRow> changed(DocumentKey last, int limit) {
    Condition differs =
        VERSION.isDistinctFrom(SEEN_VERSION).or(METADATA_VERSION.isDistinctFrom(SEEN_METADATA));
    // A document that this very job gave up is not tried twice.
    Condition given = STATUS.eq(DocumentStatus.FAILED.toString()).and(DONE_BY.eq(job));
    return page(SEEN_BY.eq(job).and(differs).andNot(given), last, limit);
  }

  /** Documents of S3 that were not seen, after the given one. */
  public List<DocumentRow> gone(DocumentKey last, int limit) {
    return page(KIND.eq("S3").and(SEEN_BY.isDistinctFrom(job)), last, limit);
  }

  /** Documents that this job gave up, after the given one. */
  public List<DocumentRow> failed(DocumentKey last, int limit) {
    return page(DONE_BY.eq(job).and(STATUS.eq(DocumentStatus.FAILED.toString())), last, limit);
  }

  private List<DocumentRow> page(Condition wanted, DocumentKey last, int limit) {
    Condition condition = all().and(wanted);
    if (last != null) {
      condition = condition.and(KIND.eq(last.kind().name())).and(ID.gt(last.id()));
    }
    return new DocumentTable(database, clock).select(condition, limit);
  }

  private Condition all() {
    return of(base, source);
  }
}
