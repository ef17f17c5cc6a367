package dev.outcrop.objects;

import dev.outcrop.objects.UploadTable.Part;
import dev.outcrop.objects.UploadTable.Upload;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * The checksum of an object that was uploaded in parts: of all its bytes, or (composite) of the
 * checksums of its parts, with a hyphen and their number behind it.
 */
final class MultipartChecksum {
  private MultipartChecksum() {}

  /** The algorithm of an upload, or null. */
  static Checksum of(Upload upload) {
    String name = upload.request().checksumAlgorithmAsString();
    return name == null ? null : Checksum.named(name);
  }

  /** What an upload's checksum will be of; null when it has none. */
  static ChecksumType type(CreateMultipartUploadRequest request) {
    String algorithm = request.checksumAlgorithmAsString();
    ChecksumType asked = request.checksumType();
    if (algorithm == null) {
      if (asked != null) {
        throw S3Errors.invalidRequest("A checksum type needs a checksum algorithm");
      }
      return null;
    }
    Checksum checksum = Checksum.named(algorithm);
    if (asked == null) {
      return checksum == Checksum.CRC64NVME ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE;
    }
    boolean possible =
        switch (asked) {
          case FULL_OBJECT -> checksum.combines();
          case COMPOSITE -> checksum != Checksum.CRC64NVME;
          case UNKNOWN_TO_SDK_VERSION -> false;
        };
    if (!possible) {
      throw S3Errors.invalidRequest(
          "The " + asked + " checksum type cannot be used with the " + checksum + " algorithm");
    }
    return asked;
  }

  /** The whole object's, as it is answered. */
  static String of(Checksum checksum, ChecksumType type, List<Part> parts) {
    if (type == ChecksumType.FULL_OBJECT) {
      byte[] whole = checksum.start().bytes();
      for (Part part : parts) {
        whole = checksum.combine(whole, bytes(part), part.size());
      }
      return Base64.getEncoder().encodeToString(whole);
    }
    Checksum.Sum sum = checksum.start();
    for (Part part : parts) {
      byte[] bytes = bytes(part);
      sum.update(bytes, 0, bytes.length);
    }
    return sum.base64() + "-" + parts.size();
  }

  private static byte[] bytes(Part part) {
    return Base64.getDecoder().decode(part.checksum());
  }
}
