package dev.outcrop.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads a certificate and its key into a key store in memory. */
final class Certificates {

  /** Of the store in memory only; the key is not protected by it. */
  static final String PASSWORD = "in-memory";

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private Certificates() {}

  static KeyStore load(Tls tls) {
    try {
      return switch (tls) {
        case Tls.Pem(Path chain, Path key) -> store(key(key), chain(chain));
        case Tls.Pkcs12(Path file, String password) -> pkcs12(file, password.toCharArray());
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot read the certificate of " + tls + ": " + e, e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      var chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (chain.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no certificate (BEGIN CERTIFICATE)");
      }
      return chain.toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          file
              + " holds no PKCS#8 private key (BEGIN PRIVATE KEY); convert it with:"
              + " openssl pkcs8 -topk8 -nocrypt -in old.pem -out key.pem");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end).strip());
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        continue; // of another algorithm
      }
    }
    throw new IllegalArgumentException(file + " holds a key that is neither RSA, EC nor EdDSA");
  }

  private static KeyStore pkcs12(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore source = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      source.load(in, password);
    }
    for (String alias : java.util.Collections.list(source.aliases())) {
      if (source.getKey(alias, password) instanceof PrivateKey key) {
        return store(key, source.getCertificateChain(alias));
      }
    }
    throw new IllegalArgumentException(file + " holds no private key");
  }

  private static KeyStore store(PrivateKey key, Certificate[] chain)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
    return store;
  }
}
