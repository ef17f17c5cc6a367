package dev.outcrop.models.batch;

import dev.outcrop.jobs.JobContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds and counts the input of a job: one object, or all {@code .jsonl} ones of a folder. */
final class InputFiles {
  static final int MOST_FILES = 1000;
  static final int MOST_RECORDS = 100_000;
  static final long MOST_BYTES = 1L << 30;
  static final long MOST_BYTES_OF_A_JOB = 5L << 30;

  private static final int CHECK_EVERY = 1000;

  private final Bucket bucket;
  private final Location location;
  private final JobContext context;
  private final BooleanSupplier stopped;

  InputFiles(Bucket bucket, Location location, JobContext context, BooleanSupplier stopped) {
    this.bucket = bucket;
    this.location = location;
    this.context = context;
    this.stopped = stopped;
  }

  private record Found(String key, String tag, long size) {}

  /** The files; those that are counted when the job is told to stop. */
  List<InputFile> counted() throws JobFailure, IOException {
    List<Found> found = found();
    String folder = folder(found);
    long bytes = found.stream().mapToLong(Found::size).sum();
    if (bytes > MOST_BYTES_OF_A_JOB) {
      throw new JobFailure(
          "The input has %d bytes. A job can have %d.".formatted(bytes, MOST_BYTES_OF_A_JOB));
    }
    List<InputFile> files = new ArrayList<>();
    for (Found each : found) {
      if (stopped.getAsBoolean()) {
        return files;
      }
      files.add(
          new InputFile(
              each.key(), each.tag(), each.key().substring(folder.length()), count(each)));
    }
    if (files.stream().allMatch(file -> file.records() == 0)) {
      throw new JobFailure("There are no records in " + location.uri() + ".");
    }
    return files;
  }

  private List<Found> found() throws JobFailure {
    List<Found> found = new ArrayList<>();
    try {
      if (!location.key().isEmpty() && !location.key().endsWith("/")) {
        bucket
            .head(location.key())
            .ifPresent(o -> found.add(new Found(location.key(), o.eTag(), o.contentLength())));
      }
      if (found.isEmpty()) {
        bucket.list(
            location.folder().key(),
            object -> {
              if (object.key().endsWith(".jsonl") && found.size() <= MOST_FILES) {
                found.add(new Found(object.key(), object.eTag(), object.size()));
              }
            });
      }
    } catch (SdkException e) {
      throw new JobFailure("The input can't be read: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new JobFailure(
          "%s is neither an object nor a folder with .jsonl objects.".formatted(location.uri()));
    }
    if (found.size() > MOST_FILES) {
      throw new JobFailure("The input has more than " + MOST_FILES + " files.");
    }
    return found;
  }

  private String folder(List<Found> found) {
    return found.size() == 1 && found.getFirst().key().equals(location.key())
        ? location.key().substring(0, location.key().lastIndexOf('/') + 1)
        : location.folder().key();
  }

  private int count(Found file) throws JobFailure, IOException {
    if (file.size() > MOST_BYTES) {
      throw new JobFailure(
          "%s has %d bytes. A file can have %d.".formatted(file.key(), file.size(), MOST_BYTES));
    }
    int records = 0;
    try (Lines lines = new Lines(bucket.open(file.key(), file.tag()))) {
      while (lines.next() != null) {
        records++;
        if (records > MOST_RECORDS) {
          throw new JobFailure(
              "%s has more than %d records, the most of a file."
                  .formatted(file.key(), MOST_RECORDS));
        }
        if (records % CHECK_EVERY == 0) {
          context.checkCancelled();
        }
      }
    } catch (SdkException e) {
      throw new JobFailure("%s can't be read: %s".formatted(file.key(), e.getMessage()), e);
    }
    return records;
  }
}
