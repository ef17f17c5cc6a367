package dev.outcrop.objects;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3's errors. Its SDK models few of them; the others are told apart by their code. */
final class S3Errors {
  private S3Errors() {}

  static S3Exception of(int status, String code, String message) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(details(code, message))
            .message(message)
            .build();
  }

  static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName("S3")
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  static S3Exception invalidArgument(String message) {
    return of(400, "InvalidArgument", message);
  }

  static S3Exception invalidRequest(String message) {
    return of(400, "InvalidRequest", message);
  }

  static S3Exception notImplemented(String message) {
    return of(501, "NotImplemented", message);
  }

  static S3Exception preconditionFailed(String header) {
    return of(
        412,
        "PreconditionFailed",
        "At least one of the preconditions you specified did not hold: " + header);
  }

  static S3Exception notModified() {
    return of(304, "NotModified", "Not Modified");
  }

  static S3Exception accessDenied(String message) {
    return of(403, "AccessDenied", message);
  }

  static NoSuchBucketException noSuchBucket(String bucket) {
    String message = "The specified bucket does not exist: " + bucket;
    return NoSuchBucketException.builder()
        .statusCode(404)
        .message(message)
        .awsErrorDetails(details("NoSuchBucket", message))
        .build();
  }

  static NoSuchKeyException noSuchKey(String key) {
    String message = "The specified key does not exist: " + key;
    return NoSuchKeyException.builder()
        .statusCode(404)
        .message(message)
        .awsErrorDetails(details("NoSuchKey", message))
        .build();
  }

  static NoSuchUploadException noSuchUpload(String id) {
    String message =
        "The specified multipart upload does not exist; it may have been completed or aborted: "
            + id;
    return NoSuchUploadException.builder()
        .statusCode(404)
        .message(message)
        .awsErrorDetails(details("NoSuchUpload", message))
        .build();
  }
}
