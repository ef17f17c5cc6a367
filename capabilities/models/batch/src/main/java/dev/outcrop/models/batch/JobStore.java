package dev.outcrop.models.batch;

import static software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus.*;

import dev.outcrop.storage.Database;
import dev.outcrop.storage.Kind;
import dev.outcrop.storage.Listing;
import dev.outcrop.storage.Page;
import dev.outcrop.storage.Resources;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus;

/** What is known of batch jobs, and which of them are to stop. */
final class JobStore {
  static final Set<ModelInvocationJobStatus> ACTIVE =
      Set.of(SUBMITTED, VALIDATING, SCHEDULED, IN_PROGRESS, STOPPING);

  private final Resources<GetModelInvocationJobResponse> jobs;
  private final InstantSource clock;
  private final Set<String> stopping = ConcurrentHashMap.newKeySet();

  JobStore(Database database, InstantSource clock) {
    this.clock = clock;
    this.jobs =
        new Resources<>(
            database,
            clock,
            Kind.named(
                "bedrock.model-invocation-job",
                GetModelInvocationJobResponse::builder,
                GetModelInvocationJobResponse::jobName));
  }

  void create(String id, GetModelInvocationJobResponse job) {
    jobs.create(id, job);
  }

  Optional<GetModelInvocationJobResponse> find(String id) {
    return jobs.find(id);
  }

  Page<GetModelInvocationJobResponse> list(
      Listing<GetModelInvocationJobResponse> listing, Integer most, String token) {
    return jobs.list(listing, most, token);
  }

  /** Changes a job that has not ended; what is being stopped stays so until it ends. */
  Optional<GetModelInvocationJobResponse> update(
      String id, UnaryOperator<GetModelInvocationJobResponse.Builder> change) {
    return jobs.update(
        id,
        job -> {
          if (!ACTIVE.contains(job.status())) {
            return job;
          }
          GetModelInvocationJobResponse changed =
              change.apply(job.toBuilder()).lastModifiedTime(clock.instant()).build();
          return job.status() == STOPPING && ACTIVE.contains(changed.status())
              ? changed.toBuilder().status(STOPPING).build()
              : changed;
        });
  }

  void count(String id, ModelInvocationJobStatus status, Tally tally) {
    update(id, job -> counted(job, tally).status(status));
  }

  void end(String id, ModelInvocationJobStatus status, Tally tally, String message) {
    update(id, job -> counted(job, tally).status(status).message(message).endTime(clock.instant()));
    stopping.remove(id);
  }

  void fail(String id, String message) {
    update(id, job -> job.status(FAILED).message(message).endTime(clock.instant()));
    stopping.remove(id);
  }

  private static GetModelInvocationJobResponse.Builder counted(
      GetModelInvocationJobResponse.Builder job, Tally tally) {
    return job.totalRecordCount(tally.totalRecordCount())
        .processedRecordCount(tally.processedRecordCount())
        .successRecordCount(tally.successRecordCount())
        .errorRecordCount(tally.errorRecordCount());
  }

  /** Tells a running job to stop; one that isn't running sees its status when it begins. */
  void stop(String id) {
    stopping.add(id);
  }

  boolean stopping(String id) {
    return stopping.contains(id);
  }
}
