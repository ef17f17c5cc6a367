package dev.outcrop.objects;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The members of each request that are acted on; all others are refused when they are set. */
final class Honoured {
  private static final String BUCKET = "Bucket ExpectedBucketOwner";

  private static final String CHECKSUMS =
      " ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumSHA1 ChecksumSHA256";

  /** Kept with an object and answered as they were sent. */
  static final List<String> HEADERS =
      List.of(
          "CacheControl",
          "ContentDisposition",
          "ContentEncoding",
          "ContentLanguage",
          "ContentType",
          "Expires",
          "WebsiteRedirectLocation",
          "Metadata");

  private static final String KEPT = " " + String.join(" ", HEADERS);

  private static final String READ =
      BUCKET
          + " Key IfMatch IfModifiedSince IfNoneMatch IfUnmodifiedSince Range PartNumber"
          + " ChecksumMode ResponseCacheControl ResponseContentDisposition ResponseContentEncoding"
          + " ResponseContentLanguage ResponseContentType ResponseExpires";

  private static final String COPY =
      " DestinationBucket DestinationKey CopySource SourceBucket SourceKey CopySourceIfMatch"
          + " CopySourceIfModifiedSince CopySourceIfNoneMatch CopySourceIfUnmodifiedSince"
          + " ExpectedBucketOwner ExpectedSourceBucketOwner";

  private static final String LIST =
      BUCKET + " Delimiter EncodingType MaxKeys Prefix OptionalObjectAttributes";

  private static final Map<Class<? extends SdkPojo>, Set<String>> BY_TYPE =
      Stream.of(
              of(CreateBucketRequest.class, "Bucket CreateBucketConfiguration"),
              of(CreateBucketConfiguration.class, "LocationConstraint"),
              of(HeadBucketRequest.class, BUCKET),
              of(DeleteBucketRequest.class, BUCKET),
              of(GetBucketLocationRequest.class, BUCKET),
              of(ListBucketsRequest.class, "MaxBuckets ContinuationToken Prefix BucketRegion"),
              of(GetObjectRequest.class, READ),
              of(HeadObjectRequest.class, READ),
              of(
                  PutObjectRequest.class,
                  BUCKET
                      + " Key ContentLength ContentMD5 ChecksumAlgorithm IfMatch IfNoneMatch"
                      + CHECKSUMS
                      + KEPT),
              of(
                  DeleteObjectRequest.class,
                  BUCKET + " Key IfMatch IfMatchLastModifiedTime IfMatchSize"),
              of(DeleteObjectsRequest.class, BUCKET + " Delete ChecksumAlgorithm"),
              of(Delete.class, "Objects Quiet"),
              of(ObjectIdentifier.class, "Key ETag LastModifiedTime Size"),
              of(
                  CopyObjectRequest.class,
                  COPY + " ChecksumAlgorithm IfMatch IfNoneMatch MetadataDirective" + KEPT),
              of(ListObjectsV2Request.class, LIST + " ContinuationToken FetchOwner StartAfter"),
              of(ListObjectsRequest.class, LIST + " Marker"),
              of(
                  CreateMultipartUploadRequest.class,
                  BUCKET + " Key ChecksumAlgorithm ChecksumType" + KEPT),
              of(
                  UploadPartRequest.class,
                  BUCKET
                      + " Key UploadId PartNumber ContentLength ContentMD5 ChecksumAlgorithm"
                      + CHECKSUMS),
              of(UploadPartCopyRequest.class, COPY + " CopySourceRange PartNumber UploadId"),
              of(
                  CompleteMultipartUploadRequest.class,
                  BUCKET
                      + " Key UploadId MultipartUpload MpuObjectSize ChecksumType IfMatch"
                      + " IfNoneMatch"
                      + CHECKSUMS),
              of(CompletedMultipartUpload.class, "Parts"),
              of(CompletedPart.class, "ETag PartNumber" + CHECKSUMS),
              of(AbortMultipartUploadRequest.class, BUCKET + " Key UploadId IfMatchInitiatedTime"),
              of(ListPartsRequest.class, BUCKET + " Key UploadId MaxParts PartNumberMarker"),
              of(
                  ListMultipartUploadsRequest.class,
                  BUCKET + " Delimiter EncodingType KeyMarker MaxUploads Prefix UploadIdMarker"))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private Honoured() {}

  private static Map.Entry<Class<? extends SdkPojo>, Set<String>> of(
      Class<? extends SdkPojo> type, String members) {
    return Map.entry(type, new HashSet<>(List.of(members.strip().split(" ", -1))));
  }

  static Map<Class<? extends SdkPojo>, Set<String>> byType() {
    return BY_TYPE;
  }

  /** Refuses a message that has more than is acted on. */
  static void require(SdkPojo message) {
    Members.requireOnly(message, BY_TYPE.get(message.getClass()));
  }
}
