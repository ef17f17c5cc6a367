package dev.outcrop.models.batch;

import static software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus.*;

import dev.outcrop.jobs.Job;
import dev.outcrop.jobs.JobContext;
import dev.outcrop.jobs.JobHandler;
import dev.outcrop.jobs.RetryableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobS3InputDataConfig;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobS3OutputDataConfig;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationType;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Does a batch job, file by file. The results of the file at hand are in {@link Results}; when all
 * are there, they become the output's object, and the job's state says that the file is done. A run
 * after a crash finds both, and calls models for nothing whose result it finds.
 */
final class BatchRun implements JobHandler {
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);
  private static final String JSONL = "application/jsonl";

  private final JobStore store;
  private final S3Client s3;
  private final Invocation invocation;
  private final Path folder;
  private final InstantSource clock;
  private final int parallel;
  private final Semaphore calls;

  /**
   * @param folder for results until they are complete
   * @param parallel records of a job at a time
   * @param calls all jobs' calls of models
   */
  BatchRun(
      JobStore store,
      S3Client s3,
      Invocation invocation,
      Path folder,
      InstantSource clock,
      int parallel,
      Semaphore calls) {
    this.store = store;
    this.s3 = s3;
    this.invocation = invocation;
    this.folder = folder;
    this.clock = clock;
    this.parallel = parallel;
    this.calls = calls;
  }

  @Override
  public void run(JobContext context) throws Exception {
    String id = context.job().id();
    GetModelInvocationJobResponse job = store.find(id).orElse(null);
    if (job == null || !JobStore.ACTIVE.contains(job.status())) {
      return;
    }
    if (job.status() == STOPPING) {
      store.stop(id);
    }
    new Running(context, id, job).run();
    Files.deleteIfExists(results(id));
  }

  private Path results(String id) {
    return folder.resolve(id + ".results");
  }

  @Override
  public void failed(Job job, Exception cause) {
    store.fail(
        job.id(),
        cause instanceof JobFailure ? cause.getMessage() : "The job can't go on: " + cause);
    try {
      Files.deleteIfExists(results(job.id()));
    } catch (IOException e) {
      System.getLogger(BatchRun.class.getName()).log(System.Logger.Level.WARNING, "left over", e);
    }
  }

  /** One run of one job. */
  private final class Running {
    private final JobContext context;
    private final String id;
    private final GetModelInvocationJobResponse job;
    private final Bucket input;
    private final Bucket output;
    private final Location target;
    private long shown = System.nanoTime();

    Running(JobContext context, String id, GetModelInvocationJobResponse job) {
      this.context = context;
      this.id = id;
      this.job = job;
      ModelInvocationJobS3InputDataConfig from = job.inputDataConfig().s3InputDataConfig();
      ModelInvocationJobS3OutputDataConfig to = job.outputDataConfig().s3OutputDataConfig();
      this.target = Location.of(to.s3Uri()).in(id + "/");
      this.input = new Bucket(s3, Location.of(from.s3Uri()).bucket(), from.s3BucketOwner());
      this.output = new Bucket(s3, target.bucket(), to.s3BucketOwner());
    }

    void run() throws Exception {
      Progress progress =
          context.state() == null ? validated() : Json.read(context.state(), Progress.class);
      store.count(id, IN_PROGRESS, progress.tally());
      while (!over() && progress.next() < progress.files().size()) {
        progress = progress.done(file(progress));
        context.save(Json.text(progress));
        Files.deleteIfExists(results(id));
      }
      byte[] manifest = Json.bytes(progress.tally());
      written(() -> output.put(target.in("manifest.json.out").key(), "application/json", manifest));
      ModelInvocationJobStatus end = ending(progress.tally());
      store.end(id, end, progress.tally(), message(end));
    }

    private Progress validated() throws JobFailure, IOException {
      store.update(id, validating -> validating.status(VALIDATING));
      try {
        output.requireWritable(target.in(".write-test").key());
      } catch (SdkException e) {
        throw new JobFailure("The output can't be written: " + e.getMessage(), e);
      }
      Location from = Location.of(job.inputDataConfig().s3InputDataConfig().s3Uri());
      Progress progress = Progress.of(new InputFiles(input, from, context, this::over).counted());
      context.save(Json.text(progress));
      store.count(id, SCHEDULED, progress.tally());
      return progress;
    }

    private boolean expired() {
      return !clock.instant().isBefore(job.jobExpirationTime());
    }

    private boolean over() {
      return store.stopping(id) || expired();
    }

    private ModelInvocationJobStatus ending(Tally tally) {
      if (tally.processedRecordCount() == tally.totalRecordCount() && !store.stopping(id)) {
        return COMPLETED;
      }
      if (store.stopping(id)) {
        return STOPPED;
      }
      return tally.processedRecordCount() == 0 ? EXPIRED : PARTIALLY_COMPLETED;
    }

    private String message(ModelInvocationJobStatus end) {
      return end == EXPIRED || end == PARTIALLY_COMPLETED
          ? "The job was not done within %d hours.".formatted(job.timeoutDurationInHours())
          : null;
    }

    /** Does the file at hand as far as the job may go, writes its output and counts. */
    private Tally file(Progress progress) throws Exception {
      InputFile file = progress.file();
      try (Results results = new Results(results(id), file.records(), progress.tally())) {
        boolean missing = !results.complete();
        if (missing) {
          try (Lines lines = new Lines(input.open(file.key(), file.tag()))) {
            answer(lines, results, progress.position());
          } catch (SdkException e) {
            throw new JobFailure(
                "%s can't be read any more: %s".formatted(file.key(), e.getMessage()), e);
          }
        }
        written(
            () ->
                output.put(
                    target.in(file.name() + ".out").key(),
                    JSONL,
                    results.outputLength(),
                    results::output));
        return results.tally();
      }
    }

    /** Results were paid for: a store that is out of order for a while doesn't lose them. */
    private static void written(Runnable write) throws RetryableException {
      try {
        write.run();
      } catch (SdkException e) {
        throw new RetryableException(
            new JobFailure("The output can't be written: " + e.getMessage(), e));
      }
    }

    private void answer(Lines lines, Results results, long position) throws Exception {
      Workers workers = new Workers(parallel, calls);
      int number = 0;
      boolean more = true;
      try {
        while (!over()) {
          while (more && workers.free()) {
            Lines.Line line = lines.next();
            more = line != null;
            if (more && !results.has(number)) {
              workers.start(InputRecord.read(line, number, position + number), this::answer);
            }
            number += more ? 1 : 0;
          }
          if (workers.idle()) {
            return;
          }
          for (Result result : context.interruptibly(() -> workers.take(SHOWN_EVERY))) {
            results.add(result);
          }
          show(results);
        }
      } finally {
        for (Result result : workers.abandon()) {
          results.add(result);
        }
        results.force();
      }
    }

    private Answer answer(InputRecord record) throws InterruptedException {
      return job.modelInvocationType() == ModelInvocationType.CONVERSE
          ? invocation.converse(job.modelId(), record.input())
          : invocation.invoke(job.modelId(), record.input());
    }

    /** What is counted is kept: results reach the disk first. */
    private void show(Results results) throws IOException {
      if (System.nanoTime() - shown >= SHOWN_EVERY.toNanos()) {
        results.force();
        context.save(context.state());
        store.count(id, IN_PROGRESS, results.tally());
        shown = System.nanoTime();
      }
    }
  }
}
