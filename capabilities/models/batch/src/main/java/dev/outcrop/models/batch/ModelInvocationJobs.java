package dev.outcrop.models.batch;

import static software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus.STOPPING;
import static software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus.SUBMITTED;

import dev.outcrop.jobs.Jobs;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Idempotency;
import dev.outcrop.storage.Listing;
import dev.outcrop.storage.Page;
import dev.outcrop.storage.StorageException;
import dev.outcrop.storage.Tags;
import dev.outcrop.wire.RequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrock.model.CreateModelInvocationJobRequest;
import software.amazon.awssdk.services.bedrock.model.CreateModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobRequest;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ListModelInvocationJobsRequest;
import software.amazon.awssdk.services.bedrock.model.ListModelInvocationJobsResponse;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationType;
import software.amazon.awssdk.services.bedrock.model.StopModelInvocationJobRequest;
import software.amazon.awssdk.services.bedrock.model.StopModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;

/** Bedrock's operations on batch inference jobs. */
public final class ModelInvocationJobs {
  /** The kind of these jobs among the durable ones. */
  static final String KIND = "bedrock.model-invocation";

  /** Jobs of an account that have not ended. */
  static final int MOST_ACTIVE = 20;

  private static final int HOURS = 24;

  private final Database database;
  private final JobStore store;
  private final Jobs jobs;
  private final Idempotency idempotency;
  private final Tags tags;
  private final InstantSource clock;
  private final Predicate<String> known;
  private final S3Client objects;

  ModelInvocationJobs(
      Database database,
      JobStore store,
      Jobs jobs,
      Tags tags,
      InstantSource clock,
      Predicate<String> known,
      S3Client objects) {
    this.database = database;
    this.store = store;
    this.jobs = jobs;
    this.idempotency = new Idempotency(database, clock);
    this.tags = tags;
    this.clock = clock;
    this.known = known;
    this.objects = objects;
  }

  /** Keeps the job and begins it; what is in its input is looked at by the job itself. */
  public CreateModelInvocationJobResponse createModelInvocationJob(
      CreateModelInvocationJobRequest request) {
    try {
      return idempotency.once(
          request.clientRequestToken(),
          request,
          CreateModelInvocationJobResponse::builder,
          () -> check(request),
          () -> create(request));
    } catch (StorageException.TokenReused e) {
      throw BatchErrors.conflict(e.getMessage());
    } catch (StorageException.InvalidTag | StorageException.TooManyTags e) {
      throw BatchErrors.invalid(e.getMessage());
    }
  }

  private void check(CreateModelInvocationJobRequest request) {
    JobRequests.check(request, objects);
    if (!known.test(request.modelId())) {
      throw BatchErrors.invalid("The provided model identifier is invalid: " + request.modelId());
    }
  }

  private CreateModelInvocationJobResponse create(CreateModelInvocationJobRequest request) {
    requireRoom();
    String id = Names.newId();
    String arn = RequestContext.current().arn("bedrock", Names.JOB.resource() + "/" + id);
    if (request.hasTags()) {
      tags.tag(
          arn,
          request.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
    }
    Instant now = clock.instant();
    int hours = request.timeoutDurationInHours() == null ? HOURS : request.timeoutDurationInHours();
    store.create(
        id,
        GetModelInvocationJobResponse.builder()
            .jobArn(arn)
            .jobName(request.jobName())
            .modelId(request.modelId())
            .clientRequestToken(request.clientRequestToken())
            .roleArn(request.roleArn())
            .status(SUBMITTED)
            .submitTime(now)
            .lastModifiedTime(now)
            .inputDataConfig(request.inputDataConfig())
            .outputDataConfig(request.outputDataConfig())
            .timeoutDurationInHours(hours)
            .jobExpirationTime(now.plus(Duration.ofHours(hours)))
            .modelInvocationType(
                request.modelInvocationType() == null
                    ? ModelInvocationType.INVOKE_MODEL
                    : request.modelInvocationType())
            .build());
    jobs.submit(KIND, id, "");
    return CreateModelInvocationJobResponse.builder().jobArn(arn).build();
  }

  private void requireRoom() {
    Listing<GetModelInvocationJobResponse> active =
        Listing.<GetModelInvocationJobResponse>all()
            .reversed()
            .where("active", job -> JobStore.ACTIVE.contains(job.status()));
    if (store.list(active, MOST_ACTIVE, null).items().size() == MOST_ACTIVE) {
      throw BatchErrors.tooMany(
          "%d batch inference jobs have not ended, the most there can be.".formatted(MOST_ACTIVE));
    }
  }

  public GetModelInvocationJobResponse getModelInvocationJob(GetModelInvocationJobRequest request) {
    return job(request.jobIdentifier());
  }

  public StopModelInvocationJobResponse stopModelInvocationJob(
      StopModelInvocationJobRequest request) {
    String id = Names.JOB.id(job(request.jobIdentifier()).jobArn());
    database.write(
        sql -> {
          GetModelInvocationJobResponse job = job(id);
          if (!JobStore.ACTIVE.contains(job.status())) {
            throw BatchErrors.conflict(
                "The job %s has ended: its status is %s.".formatted(id, job.statusAsString()));
          }
          store.update(id, stopping -> stopping.status(STOPPING));
          database.afterCommit(() -> store.stop(id));
          return null;
        });
    return StopModelInvocationJobResponse.builder().build();
  }

  /** Newest first, unless asked otherwise. */
  public ListModelInvocationJobsResponse listModelInvocationJobs(
      ListModelInvocationJobsRequest request) {
    try {
      Page<GetModelInvocationJobResponse> page =
          store.list(JobRequests.listing(request), request.maxResults(), request.nextToken());
      return ListModelInvocationJobsResponse.builder()
          .invocationJobSummaries(page.items().stream().map(JobRequests::summary).toList())
          .nextToken(page.nextToken())
          .build();
    } catch (StorageException.InvalidPageToken e) {
      throw BatchErrors.invalid(e.getMessage());
    }
  }

  private GetModelInvocationJobResponse job(String identifier) {
    // An ARN of another account or region is another job's.
    return store
        .find(Names.JOB.id(identifier))
        .filter(job -> !identifier.startsWith("arn:") || job.jobArn().equals(identifier))
        .orElseThrow(() -> BatchErrors.notFound(identifier));
  }

  boolean exists(String arn) {
    return store.find(Names.JOB.id(arn)).filter(job -> job.jobArn().equals(arn)).isPresent();
  }
}
