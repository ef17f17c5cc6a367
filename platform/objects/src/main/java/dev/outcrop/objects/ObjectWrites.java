package dev.outcrop.objects;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.SdkJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Putting objects. A put that was answered is on the disk, whole. */
public final class ObjectWrites {
  private static final int MOST_METADATA = 2048;

  private final Database database;
  private final BucketTable buckets;
  private final ObjectTable objects;
  private final Blobs blobs;
  private final BlobWriter writer;
  private final InstantSource clock;

  ObjectWrites(
      Database database,
      BucketTable buckets,
      ObjectTable objects,
      Blobs blobs,
      InstantSource clock) {
    this.database = database;
    this.buckets = buckets;
    this.objects = objects;
    this.blobs = blobs;
    this.writer = new BlobWriter(blobs);
    this.clock = clock;
  }

  /** Writes the body first, then decides: conditions are held against what is there by then. */
  public PutObjectResponse putObject(PutObjectRequest request, InputStream body) {
    Honoured.require(request);
    Names.requireKey(request.key());
    requireMetadata(request.metadata());
    requireConditions(request);
    BlobWriter.Written written = writer.write(request, body, Checksum.asked(request));
    Checksum checksum = written.algorithm();
    HeadObjectResponse.Builder head = head(request);
    PutObjectResponse.Builder response = PutObjectResponse.builder().eTag(written.etag());
    if (checksum != null) {
      Members.set(head, checksum.member(), written.checksum());
      Members.set(response, checksum.member(), written.checksum());
      head.checksumType(ChecksumType.FULL_OBJECT);
      response.checksumType(ChecksumType.FULL_OBJECT);
    }
    try {
      database.write(
          sql -> {
            requireConditions(request);
            put(request.bucket(), request.key(), written, head.build());
            return null;
          });
    } catch (RuntimeException e) {
      blobs.delete(List.of(written.id()));
      throw e;
    }
    return response.build();
  }

  private void requireConditions(PutObjectRequest request) {
    String bucket = buckets.requireWritable(request.bucket(), request.expectedBucketOwner()).name();
    ObjectTable.Row there = objects.find(bucket, request.key());
    Conditions.requireForWrite(
        request.key(),
        there == null ? null : there.etag(),
        request.ifMatch(),
        request.ifNoneMatch());
  }

  static void requireMetadata(Map<String, String> metadata) {
    int size = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      size += entry.getKey().getBytes(StandardCharsets.UTF_8).length;
      size += String.valueOf(entry.getValue()).getBytes(StandardCharsets.UTF_8).length;
    }
    if (size > MOST_METADATA) {
      throw S3Errors.of(
          400,
          "MetadataTooLarge",
          "Your metadata headers exceed the maximum allowed metadata size of 2,048 bytes");
    }
  }

  /** What is kept with an object out of the request that makes it. */
  static HeadObjectResponse.Builder head(SdkPojo request) {
    HeadObjectResponse.Builder head = HeadObjectResponse.builder();
    Members.copy(request, head, Honoured.HEADERS);
    if (Members.get(request, "ContentType") == null) {
      head.contentType("binary/octet-stream");
    }
    return head;
  }

  void put(String bucket, String key, BlobWriter.Written written, HeadObjectResponse head) {
    List<Piece> pieces = List.of(new Piece(1, written.id(), written.size()));
    put(bucket, key, written.size(), written.etag(), head, pieces);
  }

  /** Puts an object whose bytes are on the disk; within a write. */
  Instant put(
      String bucket,
      String key,
      long size,
      String etag,
      HeadObjectResponse head,
      List<Piece> pieces) {
    String json = new String(SdkJson.write(head), StandardCharsets.UTF_8);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    objects.put(bucket, new ObjectTable.Row(Blobs.newId(), key, size, etag, now, json), pieces);
    return now;
  }

  BlobWriter writer() {
    return writer;
  }
}
