package dev.outcrop.knowledge;

import static dev.outcrop.knowledge.KnowledgeErrors.stored;

import dev.outcrop.jobs.Job;
import dev.outcrop.jobs.JobContext;
import dev.outcrop.jobs.JobHandler;
import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.documents.DocumentRow;
import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.knowledge.ingestion.Submissions;
import dev.outcrop.knowledge.ingestion.Workshop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.bedrockagent.model.*;

/**
 * Documents sent in, looked at and deleted one by one: STARTING, IN_PROGRESS, then INDEXED or
 * FAILED with the reason; DELETING, DELETE_IN_PROGRESS, then NOT_FOUND.
 */
public final class Documents {
  static final String KIND = "knowledge.documents";

  private static final int DEFAULT_PAGE = 100;

  private final KnowledgeStore store;
  private final Workshop workshop;
  private final Jobs jobs;

  /** Requests to one data source are worked off one after the other, so their order holds. */
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

  Documents(KnowledgeStore store, Workshop workshop, Jobs jobs) {
    this.store = store;
    this.workshop = workshop;
    this.jobs = jobs;
    jobs.register(KIND, new Handler());
  }

  public IngestKnowledgeBaseDocumentsResponse ingestKnowledgeBaseDocuments(
      IngestKnowledgeBaseDocumentsRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    return stored(
        () ->
            store
                .idempotency()
                .once(
                    request.clientToken(),
                    request,
                    IngestKnowledgeBaseDocumentsResponse::builder,
                    () -> ingest(request)));
  }

  private IngestKnowledgeBaseDocumentsResponse ingest(IngestKnowledgeBaseDocumentsRequest request) {
    DataSource source = source(request.knowledgeBaseId(), request.dataSourceId());
    List<KnowledgeBaseDocumentDetail> details = new ArrayList<>();
    for (KnowledgeBaseDocument document : request.documents()) {
      String missing = Submissions.missing(document);
      if (missing != null) {
        throw KnowledgeErrors.invalid("documents: " + missing + ".");
      }
      DocumentKey key = DocumentNames.key(source, document.content());
      store.documents().status(source.knowledgeBaseId(), key, DocumentStatus.STARTING, null);
      store.submissions().add(source.knowledgeBaseId(), key, document);
      details.add(detail(source, key));
    }
    submit(source);
    return IngestKnowledgeBaseDocumentsResponse.builder().documentDetails(details).build();
  }

  public DeleteKnowledgeBaseDocumentsResponse deleteKnowledgeBaseDocuments(
      DeleteKnowledgeBaseDocumentsRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    return stored(
        () ->
            store
                .idempotency()
                .once(
                    request.clientToken(),
                    request,
                    DeleteKnowledgeBaseDocumentsResponse::builder,
                    () -> delete(request)));
  }

  private DeleteKnowledgeBaseDocumentsResponse delete(DeleteKnowledgeBaseDocumentsRequest request) {
    DataSource source = source(request.knowledgeBaseId(), request.dataSourceId());
    List<KnowledgeBaseDocumentDetail> details = new ArrayList<>();
    for (DocumentIdentifier identifier : request.documentIdentifiers()) {
      DocumentKey key = DocumentNames.key(source, identifier);
      if (store.documents().find(source.knowledgeBaseId(), key).isPresent()) {
        store.documents().status(source.knowledgeBaseId(), key, DocumentStatus.DELETING, null);
        store.submissions().add(source.knowledgeBaseId(), key, null);
      }
      details.add(detail(source, key));
    }
    submit(source);
    return DeleteKnowledgeBaseDocumentsResponse.builder().documentDetails(details).build();
  }

  public GetKnowledgeBaseDocumentsResponse getKnowledgeBaseDocuments(
      GetKnowledgeBaseDocumentsRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    DataSource source = store.source(request.knowledgeBaseId(), request.dataSourceId());
    return GetKnowledgeBaseDocumentsResponse.builder()
        .documentDetails(
            request.documentIdentifiers().stream()
                .map(identifier -> detail(source, DocumentNames.key(source, identifier)))
                .toList())
        .build();
  }

  public ListKnowledgeBaseDocumentsResponse listKnowledgeBaseDocuments(
      ListKnowledgeBaseDocumentsRequest request) {
    DataSource source = store.source(request.knowledgeBaseId(), request.dataSourceId());
    String purpose = "documents\n" + source.knowledgeBaseId() + "\n" + source.dataSourceId();
    DocumentKey last =
        request.nextToken() == null
            ? null
            : stored(() -> position(source, store.tokens().open(purpose, request.nextToken())));
    int size = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    List<DocumentRow> rows =
        store.documents().after(source.knowledgeBaseId(), source.dataSourceId(), last, size + 1);
    List<DocumentRow> page = rows.subList(0, Math.min(size, rows.size()));
    String next =
        rows.size() > size
            ? store
                .tokens()
                .seal(
                    purpose, List.of(page.getLast().key().kind().name(), page.getLast().key().id()))
            : null;
    return ListKnowledgeBaseDocumentsResponse.builder()
        .documentDetails(page.stream().map(row -> DocumentNames.detail(source, row)).toList())
        .nextToken(next)
        .build();
  }

  private static DocumentKey position(DataSource source, List<String> parts) {
    return new DocumentKey(
        source.dataSourceId(), DocumentKey.Kind.valueOf(parts.getFirst()), parts.getLast());
  }

  private DataSource source(String base, String id) {
    DataSource source = store.source(base, id);
    if (source.status() != DataSourceStatus.AVAILABLE) {
      throw KnowledgeErrors.conflict("Data source " + id + " is " + source.status() + ".");
    }
    return source;
  }

  private KnowledgeBaseDocumentDetail detail(DataSource source, DocumentKey key) {
    return store
        .documents()
        .find(source.knowledgeBaseId(), key)
        .map(row -> DocumentNames.detail(source, row))
        .orElseGet(() -> DocumentNames.notFound(source, key));
  }

  private void submit(DataSource source) {
    String name = KnowledgeStore.parent(source.knowledgeBaseId(), source.dataSourceId());
    jobs.submit(KIND, name + "/" + UUID.randomUUID(), name);
  }

  private void work(String name, Runnable check) {
    String base = name.substring(0, name.indexOf('/'));
    String id = name.substring(name.indexOf('/') + 1);
    ReentrantLock turn = turns.computeIfAbsent(name, n -> new ReentrantLock());
    turn.lock();
    try {
      KnowledgeBase owner = store.bases().find(base).orElse(null);
      DataSource source = store.sources().find(base, id).orElse(null);
      if (owner != null && source != null && source.status() == DataSourceStatus.AVAILABLE) {
        new Submissions(workshop, store.submissions(), owner, source, check).run();
      } else {
        store.submissions().deleteSource(base, id);
      }
    } finally {
      turn.unlock();
    }
  }

  private final class Handler implements JobHandler {

    @Override
    public void run(JobContext context) {
      work(context.payload(), context::checkCancelled);
    }

    /** Nothing of the source can be indexed: says so of every document that waits. */
    @Override
    public void failed(Job job, Exception cause) {
      String base = job.payload().substring(0, job.payload().indexOf('/'));
      String id = job.payload().substring(job.payload().indexOf('/') + 1);
      for (var waiting : store.submissions().after(base, id, 0, Integer.MAX_VALUE)) {
        store
            .documents()
            .status(base, waiting.key(), DocumentStatus.FAILED, String.valueOf(cause.getMessage()));
      }
      store.submissions().deleteSource(base, id);
    }
  }
}
