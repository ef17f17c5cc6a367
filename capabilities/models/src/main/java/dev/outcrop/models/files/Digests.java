package dev.outcrop.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Digests of files, read once and never held in memory. */
final class Digests {

  private Digests() {}

  /** SHA-256 in lower-case hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    return HexFormat.of().formatHex(digest("SHA-256", file));
  }

  /** As npm writes it: {@code sha512-} and base64. */
  static String integrity(Path file) throws IOException {
    return "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512", file));
  }

  private static byte[] digest(String algorithm, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        if (Thread.interrupted()) {
          throw new java.io.InterruptedIOException("interrupted while reading " + file);
        }
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
