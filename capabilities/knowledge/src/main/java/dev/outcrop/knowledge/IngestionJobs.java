package dev.outcrop.knowledge;

import static dev.outcrop.knowledge.KnowledgeErrors.stored;

import dev.outcrop.jobs.Job;
import dev.outcrop.jobs.JobContext;
import dev.outcrop.jobs.JobHandler;
import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.ingestion.Synchronization;
import dev.outcrop.knowledge.ingestion.Tally;
import dev.outcrop.knowledge.ingestion.Workshop;
import dev.outcrop.storage.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrockagent.model.*;

/**
 * Ingestion jobs: STARTING with zeros, IN_PROGRESS with statistics that grow, then COMPLETE, FAILED
 * when the whole source can't be read, or STOPPED.
 */
public final class IngestionJobs {
  static final String KIND = "knowledge.ingestion";
  static final Set<IngestionJobStatus> ACTIVE =
      Set.of(
          IngestionJobStatus.STARTING, IngestionJobStatus.IN_PROGRESS, IngestionJobStatus.STOPPING);

  private final KnowledgeStore store;
  private final Workshop workshop;
  private final Jobs jobs;

  IngestionJobs(KnowledgeStore store, Workshop workshop, Jobs jobs) {
    this.store = store;
    this.workshop = workshop;
    this.jobs = jobs;
    jobs.register(KIND, new Handler());
  }

  public StartIngestionJobResponse startIngestionJob(StartIngestionJobRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    return stored(
        () ->
            store
                .idempotency()
                .once(
                    request.clientToken(),
                    request,
                    StartIngestionJobResponse::builder,
                    () -> start(request)));
  }

  private StartIngestionJobResponse start(StartIngestionJobRequest request) {
    String base = request.knowledgeBaseId();
    DataSource source = store.source(base, request.dataSourceId());
    if (source.dataSourceConfiguration().type() == DataSourceType.CUSTOM) {
      throw KnowledgeErrors.invalid(
          "Data source "
              + source.dataSourceId()
              + " is of type CUSTOM, which is not synced; use IngestKnowledgeBaseDocuments.");
    }
    if (source.status() != DataSourceStatus.AVAILABLE) {
      throw KnowledgeErrors.conflict(
          "Data source " + source.dataSourceId() + " is " + source.status() + ".");
    }
    store
        .sources()
        .list(base, 1000, null)
        .items()
        .forEach(other -> DataSources.requireIdle(store, other));
    String id = Ids.alphanumeric10();
    Instant now = store.clock().instant();
    IngestionJob job =
        IngestionJob.builder()
            .knowledgeBaseId(base)
            .dataSourceId(source.dataSourceId())
            .ingestionJobId(id)
            .description(request.description())
            .status(IngestionJobStatus.STARTING)
            .statistics(zeros())
            .startedAt(now)
            .updatedAt(now)
            .build();
    store.jobs().create(KnowledgeStore.parent(base, source.dataSourceId()), id, job);
    jobs.submit(KIND, id, String.join("/", base, source.dataSourceId(), id));
    return StartIngestionJobResponse.builder().ingestionJob(job).build();
  }

  private static IngestionJobStatistics zeros() {
    return IngestionJobStatistics.builder()
        .numberOfDocumentsScanned(0L)
        .numberOfMetadataDocumentsScanned(0L)
        .numberOfNewDocumentsIndexed(0L)
        .numberOfModifiedDocumentsIndexed(0L)
        .numberOfMetadataDocumentsModified(0L)
        .numberOfDocumentsDeleted(0L)
        .numberOfDocumentsFailed(0L)
        .numberOfDocumentsSkipped(0L)
        .build();
  }

  public GetIngestionJobResponse getIngestionJob(GetIngestionJobRequest request) {
    store.source(request.knowledgeBaseId(), request.dataSourceId());
    return GetIngestionJobResponse.builder()
        .ingestionJob(
            job(request.knowledgeBaseId(), request.dataSourceId(), request.ingestionJobId()))
        .build();
  }

  private IngestionJob job(String base, String source, String id) {
    return store
        .jobs()
        .find(KnowledgeStore.parent(base, source), id)
        .orElseThrow(() -> KnowledgeErrors.noJob(id));
  }

  public ListIngestionJobsResponse listIngestionJobs(ListIngestionJobsRequest request) {
    store.source(request.knowledgeBaseId(), request.dataSourceId());
    return stored(() -> new IngestionJobListing(store, request).page());
  }

  public StopIngestionJobResponse stopIngestionJob(StopIngestionJobRequest request) {
    String base = request.knowledgeBaseId();
    String source = request.dataSourceId();
    String id = request.ingestionJobId();
    IngestionJob stopped =
        store
            .database()
            .write(
                sql -> {
                  store.source(base, source);
                  IngestionJob job = job(base, source, id);
                  if (!ACTIVE.contains(job.status())) {
                    throw KnowledgeErrors.conflict(
                        "Ingestion job " + id + " is " + job.status() + " and can't be stopped.");
                  }
                  update(base, source, id, j -> j.status(IngestionJobStatus.STOPPING));
                  jobs.cancel(KIND, id);
                  return job(base, source, id);
                });
    return StopIngestionJobResponse.builder().ingestionJob(stopped).build();
  }

  private void update(
      String base, String source, String id, UnaryOperator<IngestionJob.Builder> change) {
    store
        .jobs()
        .update(
            KnowledgeStore.parent(base, source),
            id,
            job -> change.apply(job.toBuilder()).updatedAt(store.clock().instant()).build());
  }

  /** What a job is about: {@code base/source/job}. */
  private record Target(String base, String source, String job) {
    static Target of(String payload) {
      String[] parts = payload.split("/");
      return new Target(parts[0], parts[1], parts[2]);
    }
  }

  private final class Handler implements JobHandler {

    @Override
    public void run(JobContext context) {
      Target target = Target.of(context.payload());
      update(target, job -> job.status(IngestionJobStatus.IN_PROGRESS));
      Tally tally =
          new Tally(
              store.database(),
              store.documents(),
              target.base(),
              target.job(),
              change -> update(target, job -> counted(job, change)));
      Synchronization work =
          new Synchronization(
              workshop,
              store.base(target.base()),
              store.source(target.base(), target.source()),
              tally,
              context::checkCancelled);
      work.run();
      List<String> reasons = work.failureReasons();
      update(
          target,
          job ->
              job.status(IngestionJobStatus.COMPLETE)
                  .failureReasons(reasons.isEmpty() ? null : reasons));
    }

    private IngestionJob.Builder counted(
        IngestionJob.Builder job, UnaryOperator<IngestionJobStatistics> change) {
      return job.statistics(change.apply(job.build().statistics()));
    }

    private void update(Target target, UnaryOperator<IngestionJob.Builder> change) {
      IngestionJobs.this.update(target.base(), target.source(), target.job(), change);
    }

    @Override
    public void failed(Job job, Exception cause) {
      String reason =
          cause instanceof AwsServiceException e && e.awsErrorDetails() != null
              ? e.awsErrorDetails().errorMessage()
              : String.valueOf(cause.getMessage());
      update(
          Target.of(job.payload()),
          j -> j.status(IngestionJobStatus.FAILED).failureReasons(List.of(reason)));
    }

    @Override
    public void cancelled(Job job) {
      update(Target.of(job.payload()), j -> j.status(IngestionJobStatus.STOPPED));
    }
  }
}
