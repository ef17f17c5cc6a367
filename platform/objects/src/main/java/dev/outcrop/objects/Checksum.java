package dev.outcrop.objects;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.SdkPojo;

/** The checksums that S3 keeps with an object, verified when they are sent. */
enum Checksum {
  CRC32(() -> new Cyclic(new CRC32(), 4), 0xEDB88320L, 32),
  CRC32C(() -> new Cyclic(new CRC32C(), 4), 0x82F63B78L, 32),
  CRC64NVME(() -> new Cyclic(new Crc64(), 8), Crc64.POLYNOMIAL, 64),
  SHA1(() -> new Hash("SHA-1"), 0, 0),
  SHA256(() -> new Hash("SHA-256"), 0, 0);

  /** A checksum being computed. */
  sealed interface Sum {
    void update(byte[] bytes, int offset, int length);

    byte[] bytes();

    default String base64() {
      return Base64.getEncoder().encodeToString(bytes());
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // constructors hold nothing
  private final Supplier<Sum> sums;

  private final long polynomial;
  private final int width;

  Checksum(Supplier<Sum> sums, long polynomial, int width) {
    this.sums = sums;
    this.polynomial = polynomial;
    this.width = width;
  }

  Sum start() {
    return sums.get();
  }

  /** Whether the checksum of a whole can be told from those of its parts. */
  boolean combines() {
    return width > 0;
  }

  /** The checksum of two runs of bytes together, of the lengths of which the second is given. */
  byte[] combine(byte[] first, byte[] second, long secondLength) {
    return CrcCombination.combine(first, second, secondLength, polynomial, width);
  }

  /** The name of the member that carries it, for example {@code ChecksumCRC32}. */
  String member() {
    return "Checksum" + name();
  }

  String sentIn(SdkPojo message) {
    return (String) Members.get(message, member());
  }

  static Checksum named(String name) {
    for (Checksum checksum : values()) {
      if (checksum.name().equals(name)) {
        return checksum;
      }
    }
    throw S3Errors.notImplemented(
        "Checksum algorithm "
            + name
            + " is not implemented in Outcrop; CRC32, CRC32C, CRC64NVME,"
            + " SHA1 and SHA256 are");
  }

  /**
   * The algorithm that a request names or sends a value of; null when it does neither.
   *
   * @throws software.amazon.awssdk.services.s3.model.S3Exception when it contradicts itself
   */
  static Checksum asked(SdkPojo request) {
    String name = (String) Members.get(request, "ChecksumAlgorithm");
    Checksum asked = name == null ? null : named(name);
    for (Checksum checksum : values()) {
      if (checksum.sentIn(request) != null) {
        if (asked != null && asked != checksum) {
          throw S3Errors.invalidRequest("Expecting a single checksum of one algorithm");
        }
        asked = checksum;
      }
    }
    return asked;
  }

  private static final class Cyclic implements Sum {
    private final java.util.zip.Checksum checksum;
    private final int bytes;

    Cyclic(java.util.zip.Checksum checksum, int bytes) {
      this.checksum = checksum;
      this.bytes = bytes;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
      checksum.update(data, offset, length);
    }

    @Override
    public byte[] bytes() {
      return CrcCombination.bytes(checksum.getValue(), bytes);
    }
  }

  /** Also MD5, for entity tags. */
  static final class Hash implements Sum {
    private final MessageDigest digest;

    Hash(String algorithm) {
      try {
        digest = MessageDigest.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void update(byte[] data, int offset, int length) {
      digest.update(data, offset, length);
    }

    @Override
    public byte[] bytes() {
      return digest.digest();
    }
  }
}
