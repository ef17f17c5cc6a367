package dev.outcrop.objects;

import dev.outcrop.objects.UploadTable.Part;
import dev.outcrop.objects.UploadTable.Upload;
import dev.outcrop.storage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Beginning, feeding and giving up multipart uploads. */
public final class MultipartUploads {
  private static final int MOST_PARTS = 10_000;

  private final Database database;
  private final BucketContents contents;
  private final UploadTable uploads;
  private final BlobWriter writer;
  private final Blobs blobs;
  private final InstantSource clock;

  MultipartUploads(
      Database database,
      BucketContents contents,
      UploadTable uploads,
      Blobs blobs,
      InstantSource clock) {
    this.database = database;
    this.contents = contents;
    this.uploads = uploads;
    this.writer = new BlobWriter(blobs);
    this.blobs = blobs;
    this.clock = clock;
  }

  public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
    Honoured.require(request);
    Names.requireKey(request.key());
    ObjectWrites.requireMetadata(request.metadata());
    CreateMultipartUploadRequest kept =
        request.toBuilder().checksumType(MultipartChecksum.type(request)).build();
    Upload upload = new Upload(Blobs.newId(), request.bucket(), request.key(), now(), kept);
    database.write(
        sql -> {
          requireWritable(request);
          uploads.insert(upload);
          return null;
        });
    return CreateMultipartUploadResponse.builder()
        .bucket(request.bucket())
        .key(request.key())
        .uploadId(upload.id())
        .checksumAlgorithm(kept.checksumAlgorithmAsString())
        .checksumType(kept.checksumTypeAsString())
        .build();
  }

  public UploadPartResponse uploadPart(UploadPartRequest request, InputStream body) {
    Honoured.require(request);
    Upload upload = upload(request);
    Checksum asked = Checksum.asked(request);
    Checksum kept = MultipartChecksum.of(upload);
    if (asked != null && kept != null && asked != kept) {
      throw S3Errors.invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + kept
              + ", actual: "
              + asked);
    }
    BlobWriter.Written written = writer.write(request, body, asked == null ? kept : asked);
    Checksum checksum = written.algorithm();
    put(request, request.partNumber(), written, kept != null);
    UploadPartResponse.Builder response = UploadPartResponse.builder().eTag(written.etag());
    if (checksum != null) {
      Members.set(response, checksum.member(), written.checksum());
    }
    return response.build();
  }

  public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
    Honoured.require(request);
    Checksum checksum = MultipartChecksum.of(upload(request));
    Contents.Found found = CopySource.of(request).find(request, contents);
    long size = found.head().contentLength();
    ByteRange range =
        request.copySourceRange() == null
            ? new ByteRange(0, size)
            : ByteRange.of(request.copySourceRange(), size);
    HeadObjectResponse expected =
        HeadObjectResponse.builder().contentLength(range.length()).build();
    BlobWriter.Written written;
    try (InputStream in = found.content().open(range.offset(), range.length())) {
      written = writer.write(expected, new Limited(in, range.length()), checksum);
    } catch (IOException e) {
      throw S3Errors.of(
          409, "OperationAborted", "The source was replaced while it was copied; try again");
    }
    Instant modified = put(request, request.partNumber(), written, checksum != null);
    CopyPartResult.Builder result =
        CopyPartResult.builder().eTag(written.etag()).lastModified(modified);
    if (checksum != null) {
      Members.set(result, checksum.member(), written.checksum());
    }
    return UploadPartCopyResponse.builder().copyPartResult(result.build()).build();
  }

  private Instant put(
      SdkPojo request, int number, BlobWriter.Written written, boolean keepsChecksum) {
    Instant modified = now();
    String checksum = keepsChecksum ? written.checksum() : null;
    Part part = new Part(number, written.id(), written.size(), written.etag(), checksum, modified);
    try {
      return database.write(
          sql -> {
            uploads.put(upload(request).id(), part);
            return modified;
          });
    } catch (RuntimeException e) {
      blobs.delete(List.of(written.id()));
      throw e;
    }
  }

  public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
    Honoured.require(request);
    database.write(
        sql -> {
          Upload upload = upload(request);
          Instant initiated = request.ifMatchInitiatedTime();
          boolean same =
              initiated == null
                  || initiated.truncatedTo(ChronoUnit.SECONDS).equals(upload.initiated());
          if (!same) {
            throw S3Errors.preconditionFailed("If-Match-Initiated-Time");
          }
          uploads.delete(upload.id());
          return null;
        });
    return AbortMultipartUploadResponse.builder().build();
  }

  /** The upload that a request is about, in a bucket that may be written to. */
  private Upload upload(SdkPojo request) {
    String bucket = requireWritable(request);
    Integer number = (Integer) Members.get(request, "PartNumber");
    if (number != null && (number < 1 || number > MOST_PARTS)) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive");
    }
    return uploads.require(
        bucket,
        either(request, "Key", "DestinationKey"),
        (String) Members.get(request, "UploadId"));
  }

  private String requireWritable(SdkPojo request) {
    return contents
        .buckets()
        .requireWritable(
            either(request, "Bucket", "DestinationBucket"),
            (String) Members.get(request, "ExpectedBucketOwner"))
        .name();
  }

  private static String either(SdkPojo request, String name, String other) {
    Object value = Members.get(request, name);
    return (String) (value == null ? Members.get(request, other) : value);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
