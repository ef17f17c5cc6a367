package dev.outcrop.objects;

import dev.outcrop.objects.UploadTable.Part;
import dev.outcrop.objects.UploadTable.Upload;
import dev.outcrop.storage.Database;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Making an object of the parts of an upload. No byte is moved: its parts become its pieces. */
public final class MultipartCompletion {
  private static final long LEAST_PART = 5L << 20;

  private final Database database;
  private final BucketTable buckets;
  private final ObjectTable objects;
  private final UploadTable uploads;
  private final ObjectWrites writes;

  MultipartCompletion(
      Database database,
      BucketTable buckets,
      ObjectTable objects,
      UploadTable uploads,
      ObjectWrites writes) {
    this.database = database;
    this.buckets = buckets;
    this.objects = objects;
    this.uploads = uploads;
    this.writes = writes;
  }

  public CompleteMultipartUploadResponse completeMultipartUpload(
      CompleteMultipartUploadRequest request) {
    Honoured.require(request);
    return database.write(sql -> complete(request));
  }

  private CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
    String bucket = buckets.requireWritable(request.bucket(), request.expectedBucketOwner()).name();
    Upload upload = uploads.require(bucket, request.key(), request.uploadId());
    ObjectTable.Row there = objects.find(bucket, request.key());
    Conditions.requireForWrite(
        request.key(),
        there == null ? null : there.etag(),
        request.ifMatch(),
        request.ifNoneMatch());
    List<Part> parts = chosen(request, upload);
    long size = parts.stream().mapToLong(Part::size).sum();
    if (request.mpuObjectSize() != null && request.mpuObjectSize() != size) {
      throw S3Errors.invalidRequest(
          "The provided x-amz-mp-object-size does not match what was uploaded: " + size);
    }
    HeadObjectResponse.Builder head = ObjectWrites.head(upload.request());
    CompleteMultipartUploadResponse.Builder response = CompleteMultipartUploadResponse.builder();
    checksum(request, upload, parts, head, response);
    String etag = etag(parts);
    List<Piece> pieces = new ArrayList<>();
    parts.forEach(part -> pieces.add(new Piece(pieces.size() + 1, part.blob(), part.size())));
    writes.put(bucket, request.key(), size, etag, head.build(), pieces);
    uploads.delete(upload.id());
    return response
        .bucket(bucket)
        .key(request.key())
        .eTag(etag)
        .location("/" + bucket + "/" + Encoding.URL.apply(request.key()))
        .build();
  }

  private List<Part> chosen(CompleteMultipartUploadRequest request, Upload upload) {
    if (request.multipartUpload() == null || request.multipartUpload().parts().isEmpty()) {
      throw S3Errors.of(400, "MalformedXML", "You must specify at least one part");
    }
    Honoured.require(request.multipartUpload());
    Map<Integer, Part> uploaded =
        uploads.parts(upload.id(), 0, Integer.MAX_VALUE).stream()
            .collect(Collectors.toMap(Part::number, Function.identity()));
    List<Part> chosen = new ArrayList<>();
    for (CompletedPart named : request.multipartUpload().parts()) {
      Honoured.require(named);
      if (named.partNumber() == null) {
        throw S3Errors.of(400, "MalformedXML", "A part has no number");
      }
      if (!chosen.isEmpty() && chosen.getLast().number() >= named.partNumber()) {
        throw S3Errors.of(
            400, "InvalidPartOrder", "The list of parts was not in ascending order by part number");
      }
      if (!chosen.isEmpty() && chosen.getLast().size() < LEAST_PART) {
        throw S3Errors.of(
            400,
            "EntityTooSmall",
            "Your proposed upload is smaller than the minimum allowed size: each part but the last"
                + " has at least 5 MiB");
      }
      Part part = uploaded.get(named.partNumber());
      requireSame(named, part, MultipartChecksum.of(upload));
      chosen.add(part);
    }
    return chosen;
  }

  private static void requireSame(CompletedPart named, Part part, Checksum checksum) {
    boolean same =
        part != null
            && named.eTag() != null
            && Conditions.bare(named.eTag()).equals(Conditions.bare(part.etag()));
    for (Checksum each : Checksum.values()) {
      String sent = each.sentIn(named);
      same &= sent == null || (each == checksum && sent.equals(part.checksum()));
    }
    if (!same) {
      throw S3Errors.of(
          400,
          "InvalidPart",
          "Part "
              + named.partNumber()
              + " could not be found, or its entity tag or checksum is"
              + " another");
    }
  }

  private static void checksum(
      CompleteMultipartUploadRequest request,
      Upload upload,
      List<Part> parts,
      HeadObjectResponse.Builder head,
      CompleteMultipartUploadResponse.Builder response) {
    Checksum checksum = MultipartChecksum.of(upload);
    if (request.checksumType() != null
        && request.checksumType() != upload.request().checksumType()) {
      throw S3Errors.invalidRequest("The upload was created with another checksum type");
    }
    for (Checksum each : Checksum.values()) {
      if (each != checksum && each.sentIn(request) != null) {
        throw S3Errors.invalidRequest("The upload was created with another checksum algorithm");
      }
    }
    if (checksum == null) {
      return;
    }
    String value = MultipartChecksum.of(checksum, upload.request().checksumType(), parts);
    String sent = checksum.sentIn(request);
    if (sent != null && !sent.equals(value) && !value.startsWith(sent + "-")) {
      throw S3Errors.of(
          400,
          "BadDigest",
          "The " + checksum + " you specified did not match the calculated checksum.");
    }
    Members.set(head, checksum.member(), value);
    Members.set(response, checksum.member(), value);
    head.checksumType(upload.request().checksumType());
    response.checksumType(upload.request().checksumType());
  }

  /** MD5 of the parts' MD5s, and their number. */
  private static String etag(List<Part> parts) {
    Checksum.Sum md5 = new Checksum.Hash("MD5");
    for (Part part : parts) {
      byte[] bytes = HexFormat.of().parseHex(Conditions.bare(part.etag()));
      md5.update(bytes, 0, bytes.length);
    }
    return '"' + HexFormat.of().formatHex(md5.bytes()) + "-" + parts.size() + '"';
  }
}
