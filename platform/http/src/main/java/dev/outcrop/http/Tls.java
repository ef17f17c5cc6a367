package dev.outcrop.http;

import java.nio.file.Path;

/** Where the server's certificate comes from. */
public sealed interface Tls {

  /**
   * PEM files.
   *
   * @param chain the certificate, then its intermediates
   * @param key the private key in PKCS#8 ({@code BEGIN PRIVATE KEY}), not encrypted
   */
  record Pem(Path chain, Path key) implements Tls {}

  /** A PKCS#12 file with one private key and its chain. */
  record Pkcs12(Path file, String password) implements Tls {
    @Override
    public String toString() {
      return "Pkcs12[" + file + "]";
    }
  }
}
