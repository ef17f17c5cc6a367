package dev.outcrop.objects;

import dev.outcrop.objects.UploadTable.Part;
import dev.outcrop.objects.UploadTable.Upload;
import java.util.List;
import java.util.TreeSet;
import org.jooq.Condition;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Initiator;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Owner;

/** Listing the multipart uploads in progress and their parts. */
public final class MultipartListings {
  private final BucketTable buckets;
  private final UploadTable uploads;

  MultipartListings(BucketTable buckets, UploadTable uploads) {
    this.buckets = buckets;
    this.uploads = uploads;
  }

  public ListPartsResponse listParts(ListPartsRequest request) {
    Honoured.require(request);
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    Upload upload = uploads.require(bucket.name(), request.key(), request.uploadId());
    int most = Listing.most(request.maxParts());
    int after = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
    List<Part> found = uploads.parts(upload.id(), after, most + 1);
    List<Part> page = found.subList(0, Math.min(most, found.size()));
    Checksum checksum = MultipartChecksum.of(upload);
    return ListPartsResponse.builder()
        .bucket(bucket.name())
        .key(upload.key())
        .uploadId(upload.id())
        .maxParts(most)
        .partNumberMarker(after)
        .nextPartNumberMarker(page.isEmpty() ? null : page.getLast().number())
        .isTruncated(most > 0 && found.size() > most)
        .parts(page.stream().map(part -> summary(part, checksum)).toList())
        .owner(Owner.builder().id(bucket.account()).build())
        .initiator(Initiator.builder().id(bucket.account()).build())
        .storageClass("STANDARD")
        .checksumAlgorithm(upload.request().checksumAlgorithmAsString())
        .checksumType(upload.request().checksumTypeAsString())
        .build();
  }

  private static software.amazon.awssdk.services.s3.model.Part summary(
      Part part, Checksum checksum) {
    var summary =
        software.amazon.awssdk.services.s3.model.Part.builder()
            .partNumber(part.number())
            .eTag(part.etag())
            .size(part.size())
            .lastModified(part.modified());
    if (checksum != null) {
      Members.set(summary, checksum.member(), part.checksum());
    }
    return summary.build();
  }

  /** Uploads in progress are few, so all of a prefix are read to make a page. */
  public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
    Honoured.require(request);
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    Encoding encoding = Encoding.of(request.encodingTypeAsString());
    String prefix = request.prefix() == null ? "" : request.prefix();
    boolean rolls = request.delimiter() != null && !request.delimiter().isEmpty();
    String delimiter = rolls ? request.delimiter() : null;
    int most = Listing.most(request.maxUploads());
    TreeSet<String> prefixes = new TreeSet<>(KeyOrder::compare);
    var response = ListMultipartUploadsResponse.builder();
    List<MultipartUpload> page = new java.util.ArrayList<>();
    String lastKey = null;
    String lastUpload = null;
    boolean truncated = false;
    for (Upload upload : uploads.list(condition(request, bucket, prefix), Integer.MAX_VALUE)) {
      String common = Listing.common(upload.key(), prefix, delimiter);
      boolean behind =
          common == null
              || request.keyMarker() == null
              || KeyOrder.compare(common, request.keyMarker()) > 0;
      if (!behind || (common != null && prefixes.contains(common))) {
        continue;
      }
      if (page.size() + prefixes.size() == most) {
        truncated = most > 0;
        break;
      }
      lastKey = common == null ? upload.key() : common;
      lastUpload = common == null ? upload.id() : null;
      if (common == null) {
        page.add(summary(upload, bucket, encoding));
      } else {
        prefixes.add(common);
      }
    }
    return response
        .bucket(bucket.name())
        .prefix(encoding.apply(prefix))
        .delimiter(encoding.apply(request.delimiter()))
        .keyMarker(encoding.apply(request.keyMarker()))
        .uploadIdMarker(request.uploadIdMarker())
        .encodingType(request.encodingTypeAsString())
        .maxUploads(most)
        .uploads(page)
        .commonPrefixes(
            prefixes.stream()
                .map(common -> CommonPrefix.builder().prefix(encoding.apply(common)).build())
                .toList())
        .isTruncated(truncated)
        .nextKeyMarker(truncated ? encoding.apply(lastKey) : null)
        .nextUploadIdMarker(truncated ? lastUpload : null)
        .build();
  }

  private static Condition condition(
      ListMultipartUploadsRequest request, Bucket bucket, String prefix) {
    Condition condition = ObjectTable.BUCKET.eq(bucket.name()).and(ObjectTable.KEY.ge(prefix));
    String end = prefix.isEmpty() ? null : KeyOrder.after(prefix);
    if (end != null) {
      condition = condition.and(ObjectTable.KEY.lt(end));
    }
    if (request.keyMarker() == null || request.keyMarker().isEmpty()) {
      return condition;
    }
    Condition behind = ObjectTable.KEY.gt(request.keyMarker());
    if (request.uploadIdMarker() != null) {
      behind =
          behind.or(
              ObjectTable.KEY
                  .eq(request.keyMarker())
                  .and(ObjectTable.ID.gt(request.uploadIdMarker())));
    }
    return condition.and(behind);
  }

  private static MultipartUpload summary(Upload upload, Bucket bucket, Encoding encoding) {
    return MultipartUpload.builder()
        .key(encoding.apply(upload.key()))
        .uploadId(upload.id())
        .initiated(upload.initiated())
        .storageClass("STANDARD")
        .owner(Owner.builder().id(bucket.account()).build())
        .initiator(Initiator.builder().id(bucket.account()).build())
        .checksumAlgorithm(upload.request().checksumAlgorithmAsString())
        .checksumType(upload.request().checksumTypeAsString())
        .build();
  }
}
