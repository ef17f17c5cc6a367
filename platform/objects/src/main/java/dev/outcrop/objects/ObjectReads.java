package dev.outcrop.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reading objects. What is read is the object as it was when the answer began. */
public final class ObjectReads {
  private static final int TRIES = 10;

  private static final List<String> OVERRIDES =
      List.of(
          "CacheControl",
          "ContentDisposition",
          "ContentEncoding",
          "ContentLanguage",
          "ContentType",
          "Expires");

  private final BucketContents contents;

  ObjectReads(BucketContents contents) {
    this.contents = contents;
  }

  public HeadObjectResponse headObject(HeadObjectRequest request) {
    return select(request).head();
  }

  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    for (int i = 0; i < TRIES; i++) {
      Selection selection = select(request);
      try {
        InputStream body =
            selection
                .found()
                .content()
                .open(selection.range().offset(), selection.range().length());
        return new ResponseInputStream<>(response(selection.head()), abortable(body));
      } catch (NoSuchFileException e) {
        // replaced since it was found: look again
      } catch (IOException e) {
        throw S3Errors.of(500, "InternalError", "The object can't be read: " + e.getMessage());
      }
    }
    throw S3Errors.of(503, "SlowDown", "The object is being replaced all the time; try again");
  }

  private static AbortableInputStream abortable(InputStream body) {
    return AbortableInputStream.create(
        body,
        () -> {
          try {
            body.close();
          } catch (IOException e) {
            // there is nobody left to tell
          }
        });
  }

  private static GetObjectResponse response(HeadObjectResponse head) {
    GetObjectResponse.Builder response = GetObjectResponse.builder();
    List<String> names = response.sdkFields().stream().map(field -> field.memberName()).toList();
    return Members.copy(head, response, names).build();
  }

  private record Selection(Contents.Found found, ByteRange range, HeadObjectResponse head) {}

  private Selection select(SdkPojo request) {
    Honoured.require(request);
    String key = string(request, "Key");
    Names.requireKey(key);
    Bucket bucket =
        contents
            .buckets()
            .require(string(request, "Bucket"), string(request, "ExpectedBucketOwner"));
    Contents.Found found = contents.of(bucket).find(key);
    if (found == null) {
      throw S3Errors.noSuchKey(key);
    }
    conditions(request).requireForRead(found.head());
    long size = found.head().contentLength();
    ByteRange range = range(request, found);
    boolean part = range != null;
    HeadObjectResponse.Builder head = found.head().toBuilder();
    if (part) {
      head.contentLength(range.length()).contentRange(size == 0 ? null : range.header(size));
    }
    if (Members.get(request, "PartNumber") != null && !found.parts().isEmpty()) {
      head.partsCount(found.parts().size());
    }
    checksums(request, head, part);
    overrides(request, head);
    return new Selection(found, part ? range : new ByteRange(0, size), head.build());
  }

  private static Conditions conditions(SdkPojo request) {
    return new Conditions(
        string(request, "IfMatch"),
        string(request, "IfNoneMatch"),
        (java.time.Instant) Members.get(request, "IfModifiedSince"),
        (java.time.Instant) Members.get(request, "IfUnmodifiedSince"));
  }

  /** Null for all of the object. */
  private static ByteRange range(SdkPojo request, Contents.Found found) {
    String range = string(request, "Range");
    Integer part = (Integer) Members.get(request, "PartNumber");
    if (range != null && part != null) {
      throw S3Errors.invalidRequest(
          "Cannot specify both Range header and partNumber query parameter");
    }
    long size = found.head().contentLength();
    if (part != null) {
      return ByteRange.ofPart(part, found.parts(), size);
    }
    return range == null ? null : ByteRange.of(range, size);
  }

  /** A checksum is of the whole object, so it goes with nothing less. */
  private static void checksums(SdkPojo request, HeadObjectResponse.Builder head, boolean part) {
    String mode = string(request, "ChecksumMode");
    if (mode != null && !mode.equals("ENABLED")) {
      throw S3Errors.invalidArgument("ChecksumMode can only be ENABLED");
    }
    if (mode == null || part) {
      head.checksumType((String) null);
      for (Checksum checksum : Checksum.values()) {
        Members.set(head, checksum.member(), null);
      }
    }
  }

  private static void overrides(SdkPojo request, HeadObjectResponse.Builder head) {
    for (String name : OVERRIDES) {
      Object value = Members.get(request, "Response" + name);
      if (value != null) {
        Members.set(head, name, value);
      }
    }
  }

  private static String string(SdkPojo request, String name) {
    return (String) Members.get(request, name);
  }
}
