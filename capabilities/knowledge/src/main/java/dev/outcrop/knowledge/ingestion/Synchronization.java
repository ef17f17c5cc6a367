package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.chunking.Chunk;
import dev.outcrop.knowledge.documents.DocumentRow;
import dev.outcrop.knowledge.documents.Scan;
import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.ChunkIndex;
import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.knowledge.index.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.S3DataSourceConfiguration;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Brings the index in line with a bucket: scans all objects, indexes those that are new or changed
 * since they were indexed, and removes those that are gone. Whatever is done may be done again, so
 * a job that was cut off is simply run once more.
 */
public final class Synchronization {
  private static final int PAGE = 200;
  private static final int MOST_REASONS = 100;
  private static final int MOST_FILES_NAMED = 20;

  private final Workshop workshop;
  private final KnowledgeBase base;
  private final Scan scan;
  private final Tally tally;
  private final Runnable check;
  private final Bucket bucket;
  private final List<String> prefixes;
  private final Preparation preparation;

  /**
   * @param tally counts and keeps what was done
   * @param check throws when the work is to stop
   */
  public Synchronization(
      Workshop workshop, KnowledgeBase base, DataSource source, Tally tally, Runnable check) {
    this.workshop = workshop;
    this.base = base;
    this.tally = tally;
    this.check = check;
    this.scan =
        new Scan(
            workshop.database(),
            workshop.clock(),
            base.knowledgeBaseId(),
            source.dataSourceId(),
            tally.job());
    S3DataSourceConfiguration s3 = source.dataSourceConfiguration().s3Configuration();
    this.bucket =
        new Bucket(
            workshop.s3(),
            s3.bucketArn().substring(s3.bucketArn().lastIndexOf(':') + 1),
            s3.bucketOwnerAccountId());
    this.prefixes = s3.hasInclusionPrefixes() ? s3.inclusionPrefixes() : List.of("");
    this.preparation = workshop.preparation(base, source);
  }

  /** Does it all; throws when the bucket or the index can't be used at all. */
  public void run() {
    ChunkIndex index = workshop.index(base);
    scan.begin();
    prefixes.forEach(prefix -> bucket.list(prefix, this::see));
    try (IndexingLine line = workshop.line(index, base, tally::record, check)) {
      removeGone(line);
      indexChanged(index, line);
      line.finish();
    }
  }

  private void see(List<S3Object> objects) {
    check.run();
    List<Scan.Seen> seen = new ArrayList<>();
    for (S3Object object : objects) {
      String key = object.key();
      if (key.endsWith(Metadata.SUFFIX)) {
        String document = key.substring(0, key.length() - Metadata.SUFFIX.length());
        seen.add(new Scan.Seen(bucket.uri(document), object.eTag(), object.size(), true));
      } else if (!key.endsWith("/")) {
        seen.add(new Scan.Seen(bucket.uri(key), object.eTag(), object.size(), false));
      }
    }
    scan.seen(seen);
    int metadata = (int) seen.stream().filter(Scan.Seen::metadata).count();
    tally.scanned(seen.size() - metadata, metadata);
  }

  private void removeGone(IndexingLine line) {
    each(scan::gone, document -> line.note(new Result.Deleted(document)));
  }

  private void indexChanged(ChunkIndex index, IndexingLine line) {
    each(
        scan::changed,
        document -> {
          try {
            index(index, line, document);
          } catch (DocumentFailure e) {
            line.note(new Result.Failed(document, e.getMessage()));
          } catch (IOException e) {
            line.note(new Result.Failed(document, "The object can't be read: " + e.getMessage()));
          }
        });
  }

  private void index(ChunkIndex index, IndexingLine line, DocumentRow document)
      throws DocumentFailure, IOException {
    if (document.seenSize() > Content.MOST_BYTES) {
      throw new DocumentFailure(Bucket.tooLarge());
    }
    String key = Bucket.keyOf(document.key().id());
    Map<String, Attribute> attributes =
        document.seenMetadata() == null
            ? Map.of()
            : Metadata.file(bucket.read(key + Metadata.SUFFIX, Metadata.MOST_BYTES));
    List<Entry> entries = unchanged(index, document);
    if (!entries.isEmpty()) {
      List<Chunk> chunks = entries.stream().map(Entry::chunk).toList();
      line.update(document, entries, Preparation.attributes(document.key(), attributes, chunks));
      return;
    }
    try (Content content = bucket.fetch(key)) {
      List<Chunk> chunks = preparation.chunks(content);
      line.index(document, chunks, Preparation.attributes(document.key(), attributes, chunks));
    }
  }

  /** What the index holds of a document of which only the metadata changed; none of others. */
  private static List<Entry> unchanged(ChunkIndex index, DocumentRow document) {
    if (document.version() == null || !document.version().equals(document.seenVersion())) {
      return List.of();
    }
    List<Entry> entries = index.entries(document.key(), Preparation.PAGE);
    return entries.size() == document.chunks() ? entries : List.of();
  }

  private interface Pages {
    List<DocumentRow> after(DocumentKey last, int limit);
  }

  private interface Step {
    void take(DocumentRow document);
  }

  private void each(Pages pages, Step step) {
    DocumentKey last = null;
    List<DocumentRow> page;
    do {
      page = pages.after(last, PAGE);
      for (DocumentRow document : page) {
        check.run();
        step.take(document);
        last = document.key();
      }
    } while (page.size() == PAGE);
  }

  /** Why documents failed, as AWS writes it: each reason with the files it is about. */
  public List<String> failureReasons() {
    Map<String, List<String>> files = new LinkedHashMap<>();
    Function<String, List<String>> none = reason -> new ArrayList<>();
    each(
        scan::failed,
        document -> {
          if (files.size() < MOST_REASONS || files.containsKey(document.reason())) {
            List<String> named = files.computeIfAbsent(document.reason(), none);
            if (named.size() <= MOST_FILES_NAMED) {
              named.add(document.key().id());
            }
          }
        });
    return files.entrySet().stream()
        .map(e -> "Encountered error: " + e.getKey() + " [Files: " + named(e.getValue()) + "]")
        .toList();
  }

  private static String named(List<String> files) {
    return files.size() <= MOST_FILES_NAMED
        ? String.join(", ", files)
        : String.join(", ", files.subList(0, MOST_FILES_NAMED)) + ", …";
  }
}
