package dev.outcrop.objects;

import dev.outcrop.storage.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deleting objects; one that is not there counts as deleted. */
public final class ObjectDeletions {
  private static final int MOST_AT_ONCE = 1000;

  private final Database database;
  private final BucketTable buckets;
  private final ObjectTable objects;

  ObjectDeletions(Database database, BucketTable buckets, ObjectTable objects) {
    this.database = database;
    this.buckets = buckets;
    this.objects = objects;
  }

  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    Honoured.require(request);
    Names.requireKey(request.key());
    String bucket = buckets.requireWritable(request.bucket(), request.expectedBucketOwner()).name();
    delete(
        bucket,
        request.key(),
        request.ifMatch(),
        request.ifMatchLastModifiedTime(),
        request.ifMatchSize());
    return DeleteObjectResponse.builder().build();
  }

  private void delete(String bucket, String key, String etag, Instant modified, Long size) {
    database.write(
        sql -> {
          ObjectTable.Row row = objects.find(bucket, key);
          if (row == null && etag != null) {
            throw S3Errors.noSuchKey(key);
          }
          if (row != null) {
            requireSame(row, etag, modified, size);
            objects.delete(bucket, key);
          }
          return null;
        });
  }

  private static void requireSame(ObjectTable.Row row, String etag, Instant modified, Long size) {
    boolean same =
        (etag == null || Conditions.matches(etag, row.etag()))
            && (modified == null || modified.truncatedTo(ChronoUnit.SECONDS).equals(row.modified()))
            && (size == null || size == row.size());
    if (!same) {
      throw S3Errors.preconditionFailed("If-Match");
    }
  }

  public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
    Honoured.require(request);
    String bucket = buckets.requireWritable(request.bucket(), request.expectedBucketOwner()).name();
    if (request.checksumAlgorithmAsString() != null) {
      Checksum.named(request.checksumAlgorithmAsString());
    }
    if (request.delete() == null || request.delete().objects().isEmpty()) {
      throw malformed("The request names no object");
    }
    Honoured.require(request.delete());
    if (request.delete().objects().size() > MOST_AT_ONCE) {
      throw malformed("At most 1,000 objects can be deleted at a time");
    }
    List<DeletedObject> deleted = new ArrayList<>();
    List<S3Error> errors = new ArrayList<>();
    database.write(
        sql -> {
          request.delete().objects().forEach(object -> delete(bucket, object, deleted, errors));
          return null;
        });
    boolean quiet = Boolean.TRUE.equals(request.delete().quiet());
    return DeleteObjectsResponse.builder()
        .deleted(quiet ? List.of() : deleted)
        .errors(errors)
        .build();
  }

  private static S3Exception malformed(String message) {
    return S3Errors.of(400, "MalformedXML", message);
  }

  private void delete(
      String bucket, ObjectIdentifier object, List<DeletedObject> deleted, List<S3Error> errors) {
    try {
      Honoured.require(object);
      Names.requireKey(object.key());
      delete(bucket, object.key(), object.eTag(), object.lastModifiedTime(), object.size());
      deleted.add(DeletedObject.builder().key(object.key()).build());
    } catch (S3Exception e) {
      errors.add(
          S3Error.builder()
              .key(object.key())
              .code(e.awsErrorDetails().errorCode())
              .message(e.awsErrorDetails().errorMessage())
              .build());
    }
  }
}
