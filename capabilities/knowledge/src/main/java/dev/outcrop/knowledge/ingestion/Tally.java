package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.documents.DocumentRow;
import dev.outcrop.knowledge.documents.DocumentTable;
import dev.outcrop.storage.Database;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatistics;

/**
 * The statistics of one ingestion job. They are kept in the transaction that notes what became of
 * the documents they count, so they are true after a crash as well.
 */
public final class Tally {
  private final Database database;
  private final DocumentTable documents;
  private final String base;
  private final String job;
  private final Keeping keeping;
  private long scanned;
  private long metadataScanned;

  /** Changes the statistics kept with the job. */
  @FunctionalInterface
  public interface Keeping {
    void update(UnaryOperator<IngestionJobStatistics> change);
  }

  public Tally(
      Database database, DocumentTable documents, String base, String job, Keeping keeping) {
    this.database = database;
    this.documents = documents;
    this.base = base;
    this.job = job;
    this.keeping = keeping;
  }

  String job() {
    return job;
  }

  /** Counts the objects of a listing page; from zero in each run of the job. */
  void scanned(int objects, int metadata) {
    scanned += objects;
    metadataScanned += metadata;
    keeping.update(
        s ->
            s.toBuilder()
                .numberOfDocumentsScanned(scanned)
                .numberOfMetadataDocumentsScanned(metadataScanned)
                .build());
  }

  void record(List<Result> results) {
    database.write(
        sql -> {
          results.forEach(this::note);
          keeping.update(statistics -> counted(statistics, results));
          return results.size();
        });
  }

  private void note(Result result) {
    switch (result) {
      case Result.Indexed done -> documents.indexed(base, done.document(), done.chunks(), job);
      case Result.Failed failed ->
          documents.failed(base, failed.document().key(), failed.reason(), job);
      case Result.Deleted gone -> documents.delete(base, gone.document().key());
    }
  }

  private static IngestionJobStatistics counted(
      IngestionJobStatistics before, List<Result> results) {
    long added = 0;
    long modified = 0;
    long metadata = 0;
    long deleted = 0;
    long failed = 0;
    for (Result result : results) {
      DocumentRow document = result.document();
      switch (result) {
        case Result.Failed unused -> failed++;
        case Result.Deleted unused -> deleted += document.chunks() > 0 ? 1 : 0;
        case Result.Indexed unused -> {
          boolean known = document.version() != null;
          added += known ? 0 : 1;
          modified += known && !document.version().equals(document.seenVersion()) ? 1 : 0;
          metadata +=
              known && !Objects.equals(document.metadataVersion(), document.seenMetadata()) ? 1 : 0;
        }
      }
    }
    return before.toBuilder()
        .numberOfNewDocumentsIndexed(before.numberOfNewDocumentsIndexed() + added)
        .numberOfModifiedDocumentsIndexed(before.numberOfModifiedDocumentsIndexed() + modified)
        .numberOfMetadataDocumentsModified(before.numberOfMetadataDocumentsModified() + metadata)
        .numberOfDocumentsDeleted(before.numberOfDocumentsDeleted() + deleted)
        .numberOfDocumentsFailed(before.numberOfDocumentsFailed() + failed)
        .build();
  }
}
