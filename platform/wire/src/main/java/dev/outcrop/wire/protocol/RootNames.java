package dev.outcrop.wire.protocol;

import java.util.Map;

/**
 * The root elements of S3's answers, which follow no rule. SDKs do not look at them; people, and
 * clients that are no SDKs, do.
 */
final class RootNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ListBuckets", "ListAllMyBucketsResult"),
          Map.entry("ListDirectoryBuckets", "ListAllMyDirectoryBucketsResult"),
          Map.entry("ListObjects", "ListBucketResult"),
          Map.entry("ListObjectsV2", "ListBucketResult"),
          Map.entry("ListObjectVersions", "ListVersionsResult"),
          Map.entry("ListParts", "ListPartsResult"),
          Map.entry("ListMultipartUploads", "ListMultipartUploadsResult"),
          Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
          Map.entry("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
          Map.entry("DeleteObjects", "DeleteResult"),
          Map.entry("GetBucketAcl", "AccessControlPolicy"),
          Map.entry("GetObjectAcl", "AccessControlPolicy"),
          Map.entry("GetBucketCors", "CORSConfiguration"),
          Map.entry("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
          Map.entry("GetBucketLogging", "BucketLoggingStatus"),
          Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"),
          Map.entry("GetBucketTagging", "Tagging"),
          Map.entry("GetObjectTagging", "Tagging"),
          Map.entry("GetBucketVersioning", "VersioningConfiguration"),
          Map.entry("GetBucketWebsite", "WebsiteConfiguration"),
          Map.entry("GetBucketRequestPayment", "RequestPaymentConfiguration"),
          Map.entry("GetBucketAccelerateConfiguration", "AccelerateConfiguration"));

  private RootNames() {}

  static String of(String operation) {
    return NAMES.getOrDefault(operation, operation + "Result");
  }
}
