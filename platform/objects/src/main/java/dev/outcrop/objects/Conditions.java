package dev.outcrop.objects;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The conditions of a request, as RFC 9110 puts them together: an entity tag outweighs a date.
 *
 * @param match If-Match, or null
 * @param noneMatch If-None-Match, or null
 * @param modifiedSince If-Modified-Since, or null
 * @param unmodifiedSince If-Unmodified-Since, or null
 */
record Conditions(String match, String noneMatch, Instant modifiedSince, Instant unmodifiedSince) {

  /** For reading: what the client has already is 304. */
  void requireForRead(HeadObjectResponse head) {
    requireMatch(head);
    if (noneMatch != null) {
      if (matches(noneMatch, head.eTag())) {
        throw S3Errors.notModified();
      }
    } else if (modifiedSince != null && !seconds(head).isAfter(modifiedSince)) {
      throw S3Errors.notModified();
    }
  }

  /** For copying: there is no 304. */
  void requireForCopy(HeadObjectResponse head) {
    try {
      requireForRead(head);
    } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
      throw S3Errors.preconditionFailed("x-amz-copy-source-if");
    }
  }

  private void requireMatch(HeadObjectResponse head) {
    if (match != null) {
      if (!matches(match, head.eTag())) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    } else if (unmodifiedSince != null && seconds(head).isAfter(unmodifiedSince)) {
      throw S3Errors.preconditionFailed("If-Unmodified-Since");
    }
  }

  /**
   * For writing, within the transaction that writes.
   *
   * @param etag of the object that is there, or null
   */
  static void requireForWrite(String key, String etag, String ifMatch, String ifNoneMatch) {
    if (ifNoneMatch != null && !ifNoneMatch.strip().equals("*")) {
      throw S3Errors.notImplemented("If-None-Match of a write can only be *");
    }
    if (ifNoneMatch != null && etag != null) {
      throw S3Errors.preconditionFailed("If-None-Match");
    }
    if (ifMatch != null) {
      if (etag == null) {
        throw S3Errors.noSuchKey(key);
      }
      if (!matches(ifMatch, etag)) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    }
  }

  private static Instant seconds(HeadObjectResponse head) {
    return head.lastModified().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether an entity tag is one of a header's; quotes may be left out. */
  static boolean matches(String header, String etag) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || bare(tag).equals(bare(etag)));
  }

  static String bare(String etag) {
    return etag.strip().replaceAll("^\"|\"$", "");
  }
}
