package dev.outcrop.objects;

import dev.outcrop.storage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Copying objects. */
public final class ObjectCopies {
  private final Database database;
  private final BucketContents contents;
  private final ObjectTable objects;
  private final ObjectWrites writes;
  private final Blobs blobs;

  ObjectCopies(
      Database database,
      BucketContents contents,
      ObjectTable objects,
      ObjectWrites writes,
      Blobs blobs) {
    this.database = database;
    this.contents = contents;
    this.objects = objects;
    this.writes = writes;
    this.blobs = blobs;
  }

  public CopyObjectResponse copyObject(CopyObjectRequest request) {
    Honoured.require(request);
    Names.requireKey(request.destinationKey());
    CopySource source = CopySource.of(request);
    boolean replace = replacesMetadata(request);
    boolean itself =
        source.bucket().equals(request.destinationBucket())
            && source.key().equals(request.destinationKey());
    if (itself && !replace && request.checksumAlgorithmAsString() == null) {
      throw S3Errors.invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing its metadata or checksum");
    }
    requireConditions(request);
    Contents.Found found = source.find(request, contents);
    HeadObjectResponse head = replace ? writes(request) : found.head();
    Checksum checksum = checksum(request, found.head());
    BlobWriter.Written written = copy(found, checksum);
    try {
      return database.write(sql -> put(request, written, head));
    } catch (RuntimeException e) {
      blobs.delete(List.of(written.id()));
      throw e;
    }
  }

  private static HeadObjectResponse writes(CopyObjectRequest request) {
    ObjectWrites.requireMetadata(request.metadata());
    return ObjectWrites.head(request).build();
  }

  private static boolean replacesMetadata(CopyObjectRequest request) {
    String directive = request.metadataDirectiveAsString();
    if (directive != null && !directive.equals("COPY") && !directive.equals("REPLACE")) {
      throw S3Errors.invalidArgument("Unknown metadata directive: " + directive);
    }
    boolean replace = "REPLACE".equals(directive);
    for (String name : Honoured.HEADERS) {
      boolean redirect = name.equals("WebsiteRedirectLocation");
      if (!replace && !redirect && Members.get(request, name) != null) {
        throw S3Errors.invalidRequest(name + " is ignored unless MetadataDirective is REPLACE");
      }
    }
    return replace;
  }

  /** A copy keeps the algorithm of its source. */
  private static Checksum checksum(CopyObjectRequest request, HeadObjectResponse head) {
    if (request.checksumAlgorithmAsString() != null) {
      return Checksum.named(request.checksumAlgorithmAsString());
    }
    for (Checksum checksum : Checksum.values()) {
      if (checksum.sentIn(head) != null) {
        return checksum;
      }
    }
    return null;
  }

  private BlobWriter.Written copy(Contents.Found found, Checksum checksum) {
    long size = found.head().contentLength();
    if (size > BlobWriter.MOST_BYTES) {
      throw S3Errors.invalidRequest(
          "The specified copy source is larger than the maximum allowable size for a copy source:"
              + " 5 GiB");
    }
    HeadObjectResponse expected = HeadObjectResponse.builder().contentLength(size).build();
    try (InputStream in = found.content().open(0, size)) {
      return writes.writer().write(expected, in, checksum);
    } catch (IOException e) {
      throw S3Errors.of(
          409, "OperationAborted", "The source was replaced while it was copied; try again");
    }
  }

  private void requireConditions(CopyObjectRequest request) {
    String bucket =
        contents
            .buckets()
            .requireWritable(request.destinationBucket(), request.expectedBucketOwner())
            .name();
    ObjectTable.Row there = objects.find(bucket, request.destinationKey());
    Conditions.requireForWrite(
        request.destinationKey(),
        there == null ? null : there.etag(),
        request.ifMatch(),
        request.ifNoneMatch());
  }

  private CopyObjectResponse put(
      CopyObjectRequest request, BlobWriter.Written written, HeadObjectResponse kept) {
    requireConditions(request);
    HeadObjectResponse.Builder head = HeadObjectResponse.builder();
    Members.copy(kept, head, Honoured.HEADERS);
    if (request.websiteRedirectLocation() != null) {
      head.websiteRedirectLocation(request.websiteRedirectLocation());
    } else if (!replacesMetadata(request)) {
      head.websiteRedirectLocation(null);
    }
    CopyObjectResult.Builder result = CopyObjectResult.builder().eTag(written.etag());
    if (written.algorithm() != null) {
      Members.set(head, written.algorithm().member(), written.checksum());
      Members.set(result, written.algorithm().member(), written.checksum());
      head.checksumType(ChecksumType.FULL_OBJECT);
      result.checksumType(ChecksumType.FULL_OBJECT);
    }
    List<Piece> pieces = List.of(new Piece(1, written.id(), written.size()));
    Instant modified =
        writes.put(
            request.destinationBucket(),
            request.destinationKey(),
            written.size(),
            written.etag(),
            head.build(),
            pieces);
    return CopyObjectResponse.builder()
        .copyObjectResult(result.lastModified(modified).build())
        .build();
  }
}
