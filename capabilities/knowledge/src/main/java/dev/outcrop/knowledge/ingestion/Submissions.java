package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.chunking.Chunk;
import dev.outcrop.knowledge.documents.DocumentRow;
import dev.outcrop.knowledge.documents.SubmissionTable;
import dev.outcrop.knowledge.documents.SubmissionTable.Submission;
import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.DocumentKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrockagent.model.ContentDataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.CustomContent;
import software.amazon.awssdk.services.bedrockagent.model.CustomSourceType;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.DocumentContent;
import software.amazon.awssdk.services.bedrockagent.model.DocumentMetadata;
import software.amazon.awssdk.services.bedrockagent.model.DocumentStatus;
import software.amazon.awssdk.services.bedrockagent.model.InlineContent;
import software.amazon.awssdk.services.bedrockagent.model.InlineContentType;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseDocument;
import software.amazon.awssdk.services.bedrockagent.model.MetadataSourceType;

/** Works off the documents that clients sent to one data source or want deleted from it. */
public final class Submissions {
  private static final int PAGE = 20;

  private final Workshop workshop;
  private final SubmissionTable table;
  private final KnowledgeBase base;
  private final DataSource source;
  private final Preparation preparation;
  private final Runnable check;

  /** Which submission a row on the line stands for; two may be of the same document. */
  private final Map<DocumentRow, Long> numbers =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * @param check throws when the work is to stop
   */
  public Submissions(
      Workshop workshop,
      SubmissionTable table,
      KnowledgeBase base,
      DataSource source,
      Runnable check) {
    this.workshop = workshop;
    this.table = table;
    this.base = base;
    this.source = source;
    this.preparation = workshop.preparation(base, source);
    this.check = check;
  }

  /** Does all that is waiting. */
  public void run() {
    try (IndexingLine line = workshop.line(workshop.index(base), base, this::record, check)) {
      long last = 0;
      List<Submission> page;
      do {
        page = table.after(base.knowledgeBaseId(), source.dataSourceId(), last, PAGE);
        for (Submission submission : page) {
          check.run();
          take(line, submission);
          last = submission.seq();
        }
      } while (!page.isEmpty());
      line.finish();
    }
  }

  private void take(IndexingLine line, Submission submission) {
    DocumentRow row = row(submission);
    numbers.put(row, submission.seq());
    boolean delete = submission.document() == null;
    workshop
        .documents()
        .status(
            base.knowledgeBaseId(),
            submission.key(),
            delete ? DocumentStatus.DELETE_IN_PROGRESS : DocumentStatus.IN_PROGRESS,
            null);
    if (delete) {
      line.note(new Result.Deleted(row));
      return;
    }
    try (Content content = content(submission.document().content())) {
      Map<String, Attribute> attributes = attributes(submission.document().metadata());
      List<Chunk> chunks = preparation.chunks(content);
      line.index(row, chunks, Preparation.attributes(row.key(), attributes, chunks));
    } catch (DocumentFailure e) {
      line.note(new Result.Failed(row, e.getMessage()));
    } catch (IOException e) {
      line.note(new Result.Failed(row, "The document can't be read: " + e.getMessage()));
    }
  }

  private DocumentRow row(Submission submission) {
    return new DocumentRow(
        submission.key(),
        DocumentStatus.IN_PROGRESS,
        null,
        "request " + submission.seq(),
        0,
        null,
        null,
        null,
        0,
        workshop.clock().instant());
  }

  private void record(List<Result> results) {
    workshop
        .database()
        .write(
            sql -> {
              List<Long> done = new ArrayList<>();
              for (Result result : results) {
                note(result);
                done.add(numbers.remove(result.document()));
              }
              table.done(done);
              return done;
            });
  }

  private void note(Result result) {
    String id = base.knowledgeBaseId();
    DocumentKey key = result.document().key();
    switch (result) {
      case Result.Indexed indexed ->
          workshop.documents().indexed(id, indexed.document(), indexed.chunks(), null);
      case Result.Failed failed -> workshop.documents().failed(id, key, failed.reason(), null);
      case Result.Deleted deleted -> workshop.documents().delete(id, key);
    }
  }

  private Content content(DocumentContent content) throws DocumentFailure, IOException {
    if (content.dataSourceType() == ContentDataSourceType.S3) {
      return fetch(content.s3().s3Location().uri(), ownerOfSource());
    }
    CustomContent custom = content.custom();
    if (custom.sourceType() == CustomSourceType.S3_LOCATION) {
      return fetch(custom.s3Location().uri(), custom.s3Location().bucketOwnerAccountId());
    }
    InlineContent inline = custom.inlineContent();
    if (inline.type() == InlineContentType.TEXT) {
      return Content.of(
          inline.textContent().data().getBytes(java.nio.charset.StandardCharsets.UTF_8),
          "document.txt");
    }
    String mime = inline.byteContent().mimeType();
    return Content.of(
        inline.byteContent().data().asByteArrayUnsafe(), "document." + MimeTypes.extension(mime));
  }

  private String ownerOfSource() {
    return source.dataSourceConfiguration().s3Configuration().bucketOwnerAccountId();
  }

  private Content fetch(String uri, String owner) throws DocumentFailure, IOException {
    return new Bucket(workshop.s3(), Bucket.nameOf(uri), owner).fetch(Bucket.keyOf(uri));
  }

  private Map<String, Attribute> attributes(DocumentMetadata metadata)
      throws DocumentFailure, IOException {
    if (metadata == null) {
      return Map.of();
    }
    if (metadata.type() == MetadataSourceType.IN_LINE_ATTRIBUTE) {
      return Metadata.inline(metadata.inlineAttributes());
    }
    String uri = metadata.s3Location().uri();
    Bucket bucket =
        new Bucket(workshop.s3(), Bucket.nameOf(uri), metadata.s3Location().bucketOwnerAccountId());
    return Metadata.file(bucket.read(Bucket.keyOf(uri), Metadata.MOST_BYTES));
  }

  /** Whether the request holds all that its types say it does, with what is missing. */
  public static String missing(KnowledgeBaseDocument document) {
    DocumentMetadata metadata = document.metadata();
    if (metadata != null
        && (metadata.type() == MetadataSourceType.IN_LINE_ATTRIBUTE
            ? !metadata.hasInlineAttributes()
            : metadata.s3Location() == null)) {
      return "metadata does not hold what its type says";
    }
    DocumentContent content = document.content();
    if (content.dataSourceType() == ContentDataSourceType.S3) {
      return content.s3() == null ? "content.s3" : null;
    }
    return content.custom() == null ? "content.custom" : missing(content.custom());
  }

  private static String missing(CustomContent custom) {
    if (custom.sourceType() == CustomSourceType.S3_LOCATION) {
      return custom.s3Location() == null ? "content.custom.s3Location" : null;
    }
    InlineContent inline = custom.inlineContent();
    if (inline == null) {
      return "content.custom.inlineContent";
    }
    boolean given =
        inline.type() == InlineContentType.TEXT
            ? inline.textContent() != null
            : inline.byteContent() != null;
    return given ? null : "content.custom.inlineContent does not hold what its type says";
  }
}
