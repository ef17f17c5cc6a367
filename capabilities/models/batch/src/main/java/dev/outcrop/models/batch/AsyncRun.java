package dev.outcrop.models.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.jobs.Job;
import dev.outcrop.jobs.JobContext;
import dev.outcrop.jobs.JobHandler;
import dev.outcrop.jobs.RetryableException;
import dev.outcrop.storage.Resources;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeS3OutputDataConfig;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeStatus;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Does an asynchronous invocation: the model's answer becomes {@code output.json}, pictures, sounds
 * and films in it files beside, and at last {@code manifest.json} lists them. A run after a crash
 * that finds the manifest has nothing left to do.
 */
final class AsyncRun implements JobHandler {
  private static final String JSON = "application/json";

  private final Resources<GetAsyncInvokeResponse> invocations;
  private final S3Client s3;
  private final Invocation invocation;
  private final InstantSource clock;

  /** What is to be done. */
  record Task(String modelId, JsonNode modelInput) {}

  AsyncRun(
      Resources<GetAsyncInvokeResponse> invocations,
      S3Client s3,
      Invocation invocation,
      InstantSource clock) {
    this.invocations = invocations;
    this.s3 = s3;
    this.invocation = invocation;
    this.clock = clock;
  }

  @Override
  public void run(JobContext context) throws Exception {
    String id = context.job().id();
    GetAsyncInvokeResponse now = invocations.find(id).orElse(null);
    if (now == null || now.status() != AsyncInvokeStatus.IN_PROGRESS) {
      return;
    }
    AsyncInvokeS3OutputDataConfig to = now.outputDataConfig().s3OutputDataConfig();
    Location target = Location.of(to.s3Uri()).in(id + "/");
    Bucket bucket = new Bucket(s3, target.bucket(), to.bucketOwner());
    if (written(bucket, target)) {
      end(id, AsyncInvokeStatus.COMPLETED, null);
      return;
    }
    Task task = Json.read(context.payload(), Task.class);
    Answer answer =
        context.interruptibly(() -> invocation.invoke(task.modelId(), task.modelInput()));
    switch (answer) {
      case Answer.Output output -> {
        write(bucket, target, now, output.body());
        end(id, AsyncInvokeStatus.COMPLETED, null);
      }
      case Answer.Failure failure -> {
        context.checkCancelled(); // a call that was broken off is to be made again
        end(id, AsyncInvokeStatus.FAILED, failure.message());
      }
    }
  }

  private static boolean written(Bucket bucket, Location target) throws JobFailure {
    try {
      if (bucket.head(target.in("manifest.json").key()).isPresent()) {
        return true;
      }
      bucket.requireWritable(target.in(".write-test").key());
      return false;
    } catch (SdkException e) {
      throw new JobFailure("The output can't be written: " + e.getMessage(), e);
    }
  }

  private static void write(
      Bucket bucket, Location target, GetAsyncInvokeResponse now, JsonNode answer)
      throws RetryableException {
    try {
      ObjectNode manifest =
          Json.MAPPER
              .createObjectNode()
              .put("invocationArn", now.invocationArn())
              .put("modelArn", now.modelArn());
      ArrayNode outputs = manifest.putArray("outputs");
      put(bucket, target, new Media("output.json", JSON, Json.bytes(answer)), outputs);
      for (Media each : Media.in(answer)) {
        put(bucket, target, each, outputs);
      }
      bucket.put(target.in("manifest.json").key(), JSON, Json.bytes(manifest));
    } catch (SdkException e) {
      throw new RetryableException(
          new JobFailure("The output can't be written: " + e.getMessage(), e));
    }
  }

  private static void put(Bucket bucket, Location target, Media file, ArrayNode outputs) {
    Location place = target.in(file.name());
    bucket.put(place.key(), file.type(), file.bytes());
    outputs
        .addObject()
        .put("s3Uri", place.uri())
        .put("contentType", file.type())
        .put("sizeInBytes", file.bytes().length);
  }

  @Override
  public void failed(Job job, Exception cause) {
    end(
        job.id(),
        AsyncInvokeStatus.FAILED,
        cause instanceof JobFailure ? cause.getMessage() : "The invocation failed: " + cause);
  }

  private void end(String id, AsyncInvokeStatus status, String message) {
    invocations.update(
        id,
        now ->
            now.toBuilder()
                .status(status)
                .failureMessage(message)
                .lastModifiedTime(clock.instant())
                .endTime(clock.instant())
                .build());
  }
}
