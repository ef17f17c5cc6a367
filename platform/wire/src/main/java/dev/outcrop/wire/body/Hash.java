package dev.outcrop.wire.body;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A digest being computed. */
interface Hash {
  void update(byte[] bytes, int offset, int length);

  /** The digest; to be asked for once. */
  byte[] digest();

  static Hash crc32() {
    return of(new CRC32(), Integer.BYTES);
  }

  static Hash crc32c() {
    return of(new CRC32C(), Integer.BYTES);
  }

  static Hash crc64nvme() {
    return of(new Crc64Nvme(), Long.BYTES);
  }

  private static Hash of(Checksum checksum, int size) {
    return new Hash() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        checksum.update(bytes, offset, length);
      }

      @Override
      public byte[] digest() {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        return size == Long.BYTES
            ? bytes.putLong(checksum.getValue()).array()
            : bytes.putInt((int) checksum.getValue()).array();
      }
    };
  }

  /** A digest of the Java platform: MD5, SHA-1 or SHA-256. */
  static Hash of(String algorithm) {
    MessageDigest digest = messageDigest(algorithm);
    return new Hash() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      public byte[] digest() {
        return digest.digest();
      }
    };
  }

  static MessageDigest messageDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
