package dev.outcrop.models.batch;

import dev.outcrop.jobs.Jobs;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Tags;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Batch jobs and asynchronous invocations, in a database of their own: work of hours would else
 * take the places of the other jobs, and each of its many steps would wait for their writes.
 *
 * <pre>{@code
 * try (Batch batch = new Batch(parts)) {
 *   Capabilities all = Capabilities.of(…, batch.capabilities());
 *   batch.start(); // goes on with what an earlier process left
 * }
 * }</pre>
 */
public final class Batch implements AutoCloseable {
  /** Records of a job at a time. */
  private static final int PARALLEL = 8;

  /** Calls of models at a time, of all jobs. */
  private static final int CALLS = 16;

  /** Jobs at a time: an account's batch jobs, and asynchronous invocations beside them. */
  private static final int JOBS = 32;

  private final Database database;
  private final Jobs jobs;
  private final ModelInvocationJobs batches;
  private final AsyncInvocations invocations;

  /**
   * What it needs.
   *
   * @param database of its own, which it closes
   * @param folder for results until they are complete
   * @param tagged where the tags of resources are
   * @param models runs models, each call as one of whoever asked for the job
   * @param known whether an identifier is a model's
   * @param pause the first of those after which a throttled model is asked again
   */
  public record Parts(
      Database database,
      Path folder,
      Database tagged,
      InstantSource clock,
      BedrockRuntimeClient models,
      S3Client objects,
      Predicate<String> known,
      Duration pause) {}

  /** Begins with what database and folder have; nothing runs before {@link #start}. */
  public Batch(Parts parts) {
    this.database = parts.database();
    this.jobs = new Jobs(database, parts.clock(), JOBS);
    JobStore store = new JobStore(database, parts.clock());
    Invocation invocation = new Invocation(parts.models(), parts.pause());
    Semaphore calls = new Semaphore(CALLS);
    Tags tags = new Tags(parts.tagged());
    this.batches =
        new ModelInvocationJobs(
            database, store, jobs, tags, parts.clock(), parts.known(), parts.objects());
    this.invocations =
        new AsyncInvocations(database, jobs, tags, parts.clock(), parts.known(), parts.objects());
    jobs.register(
        AsyncInvocations.KIND,
        new AsyncRun(
            AsyncInvocations.store(database, parts.clock()),
            parts.objects(),
            invocation,
            parts.clock()));
    jobs.register(
        ModelInvocationJobs.KIND,
        new BatchRun(
            store, parts.objects(), invocation, parts.folder(), parts.clock(), PARALLEL, calls));
  }

  /** The objects whose methods are operations. */
  public List<Object> capabilities() {
    return List.of(batches, invocations);
  }

  /** Whether an ARN is that of a job or invocation that is there; for its tags. */
  public boolean exists(String arn) {
    return batches.exists(arn) || invocations.exists(arn);
  }

  /** Goes on with the work that an earlier process left. */
  public void start() {
    jobs.start();
  }

  /** Ends work in flight, which goes on at the next start. */
  @Override
  public void close() {
    jobs.close();
    database.close();
  }
}
