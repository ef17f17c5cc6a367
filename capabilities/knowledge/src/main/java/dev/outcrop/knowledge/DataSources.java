package dev.outcrop.knowledge;

import static dev.outcrop.knowledge.KnowledgeErrors.stored;

import dev.outcrop.jobs.JobHandler;
import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.index.ChunkIndex;
import dev.outcrop.knowledge.index.Indexes;
import dev.outcrop.knowledge.ingestion.Chunking;
import dev.outcrop.storage.Ids;
import dev.outcrop.storage.Listing;
import dev.outcrop.storage.Page;
import java.time.Instant;
import java.util.Objects;
import software.amazon.awssdk.services.bedrockagent.model.*;

/** Data sources: AVAILABLE at once; DELETING until their documents are gone from the index. */
public final class DataSources {
  static final String DELETE = "knowledge.delete-source";

  private static final int MOST_SOURCES = 5;

  private final KnowledgeStore store;
  private final Indexes indexes;
  private final TokenCounter tokens;
  private final Jobs jobs;

  DataSources(KnowledgeStore store, Indexes indexes, TokenCounter tokens, Jobs jobs) {
    this.store = store;
    this.indexes = indexes;
    this.tokens = tokens;
    this.jobs = jobs;
    JobHandler delete = context -> delete(context.payload());
    jobs.register(DELETE, delete);
  }

  public CreateDataSourceResponse createDataSource(CreateDataSourceRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    KnowledgeBase base = store.base(request.knowledgeBaseId());
    DataSourceOptions.check(
        request.dataSourceConfiguration(),
        request.vectorIngestionConfiguration(),
        new Chunking(
            tokens,
            base.knowledgeBaseConfiguration()
                .vectorKnowledgeBaseConfiguration()
                .embeddingModelArn()));
    return stored(
        () ->
            store
                .idempotency()
                .once(
                    request.clientToken(),
                    request,
                    CreateDataSourceResponse::builder,
                    () -> create(request)));
  }

  private CreateDataSourceResponse create(CreateDataSourceRequest request) {
    KnowledgeBase base = store.base(request.knowledgeBaseId());
    if (base.status() != KnowledgeBaseStatus.ACTIVE) {
      throw KnowledgeErrors.conflict(
          "Knowledge base " + base.knowledgeBaseId() + " is " + base.status() + ", not ACTIVE.");
    }
    if (store.sources().count(base.knowledgeBaseId()) >= MOST_SOURCES) {
      throw KnowledgeErrors.quota(
          "You have reached the maximum of " + MOST_SOURCES + " data sources per knowledge base.");
    }
    String id = Ids.alphanumeric10();
    Instant now = store.clock().instant();
    DataSource source =
        DataSource.builder()
            .knowledgeBaseId(base.knowledgeBaseId())
            .dataSourceId(id)
            .name(request.name())
            .description(request.description())
            .status(DataSourceStatus.AVAILABLE)
            .dataSourceConfiguration(request.dataSourceConfiguration())
            .vectorIngestionConfiguration(request.vectorIngestionConfiguration())
            .dataDeletionPolicy(policy(request.dataDeletionPolicy()))
            .createdAt(now)
            .updatedAt(now)
            .build();
    store.sources().create(base.knowledgeBaseId(), id, source);
    return CreateDataSourceResponse.builder().dataSource(source).build();
  }

  private static DataDeletionPolicy policy(DataDeletionPolicy asked) {
    return asked == null ? DataDeletionPolicy.DELETE : asked;
  }

  public GetDataSourceResponse getDataSource(GetDataSourceRequest request) {
    DataSource source = store.source(request.knowledgeBaseId(), request.dataSourceId());
    return GetDataSourceResponse.builder().dataSource(source).build();
  }

  public ListDataSourcesResponse listDataSources(ListDataSourcesRequest request) {
    store.base(request.knowledgeBaseId());
    Page<DataSource> page =
        stored(
            () ->
                store
                    .sources()
                    .list(request.knowledgeBaseId(), request.maxResults(), request.nextToken()));
    return ListDataSourcesResponse.builder()
        .dataSourceSummaries(page.items().stream().map(DataSources::summary).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static DataSourceSummary summary(DataSource source) {
    return DataSourceSummary.builder()
        .knowledgeBaseId(source.knowledgeBaseId())
        .dataSourceId(source.dataSourceId())
        .name(source.name())
        .status(source.status())
        .description(source.description())
        .updatedAt(source.updatedAt())
        .build();
  }

  public UpdateDataSourceResponse updateDataSource(UpdateDataSourceRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    store.base(request.knowledgeBaseId());
    DataSource updated =
        stored(
            () ->
                store
                    .sources()
                    .update(
                        request.knowledgeBaseId(),
                        request.dataSourceId(),
                        source -> updated(source, request))
                    .orElseThrow(() -> KnowledgeErrors.noSource(request.dataSourceId())));
    return UpdateDataSourceResponse.builder().dataSource(updated).build();
  }

  private DataSource updated(DataSource source, UpdateDataSourceRequest request) {
    requireIdle(store, source);
    DataSourceOptions.check(request.dataSourceConfiguration());
    if (request.dataSourceConfiguration().type() != source.dataSourceConfiguration().type()) {
      throw KnowledgeErrors.invalid("The type of a data source can't be changed.");
    }
    if (request.vectorIngestionConfiguration() != null
        && !Objects.equals(
            chunking(request.vectorIngestionConfiguration()),
            chunking(source.vectorIngestionConfiguration()))) {
      throw KnowledgeErrors.invalid(
          "chunkingConfiguration can't be changed after the data source was created.");
    }
    return source.toBuilder()
        .name(request.name())
        .description(request.description())
        .dataSourceConfiguration(request.dataSourceConfiguration())
        .dataDeletionPolicy(
            request.dataDeletionPolicy() == null
                ? source.dataDeletionPolicy()
                : request.dataDeletionPolicy())
        .updatedAt(store.clock().instant())
        .build();
  }

  private static ChunkingConfiguration chunking(VectorIngestionConfiguration configuration) {
    return configuration == null ? null : configuration.chunkingConfiguration();
  }

  public DeleteDataSourceResponse deleteDataSource(DeleteDataSourceRequest request) {
    String base = request.knowledgeBaseId();
    String id = request.dataSourceId();
    store
        .database()
        .write(
            sql -> {
              requireIdle(store, store.source(base, id));
              store
                  .sources()
                  .update(base, id, s -> s.toBuilder().status(DataSourceStatus.DELETING).build());
              return jobs.submit(DELETE, KnowledgeStore.parent(base, id), base + "/" + id);
            });
    return DeleteDataSourceResponse.builder()
        .knowledgeBaseId(base)
        .dataSourceId(id)
        .status(DataSourceStatus.DELETING)
        .build();
  }

  /** Removes the source, and its chunks unless they are to be retained. */
  private void delete(String name) {
    String base = name.substring(0, name.indexOf('/'));
    String id = name.substring(name.indexOf('/') + 1);
    DataSource source = store.sources().find(base, id).orElse(null);
    if (source == null) {
      return;
    }
    if (source.dataDeletionPolicy() == DataDeletionPolicy.DELETE) {
      ChunkIndex index = indexes.of(base);
      index.deleteSource(id);
      index.commit();
    }
    store
        .database()
        .write(
            sql -> {
              forget(store, source);
              return source;
            });
  }

  /** Deletes all rows of a data source. */
  static void forget(KnowledgeStore store, DataSource source) {
    String base = source.knowledgeBaseId();
    String id = source.dataSourceId();
    store.documents().deleteSource(base, id);
    store.submissions().deleteSource(base, id);
    store.jobs().deleteAll(KnowledgeStore.parent(base, id));
    store.sources().delete(base, id);
  }

  /** Throws a ConflictException when an ingestion job works on the source. */
  static void requireIdle(KnowledgeStore store, DataSource source) {
    String base = source.knowledgeBaseId();
    String id = source.dataSourceId();
    Listing<IngestionJob> newest =
        Listing.<IngestionJob>of(KnowledgeStore.parent(base, id)).reversed();
    store.jobs().list(newest, 1, null).items().stream()
        .filter(job -> IngestionJobs.ACTIVE.contains(job.status()))
        .forEach(
            job -> {
              throw KnowledgeErrors.conflict(
                  "Ingestion job "
                      + job.ingestionJobId()
                      + " of data source "
                      + id
                      + " in knowledge base "
                      + base
                      + " is "
                      + job.status()
                      + ". Wait until it is complete, or stop it.");
            });
  }
}
