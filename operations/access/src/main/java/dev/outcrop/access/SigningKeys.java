package dev.outcrop.access;

import dev.outcrop.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signing keys, which are derived of secret, date, region and service by four HMACs and are the
 * same for a day.
 */
final class SigningKeys {
  /** More than this is a client that plays with scopes. */
  private static final int MOST = 1_000;

  private record Of(Secret secret, String date, String region, String service) {}

  private final ConcurrentHashMap<Of, SecretKeySpec> derived = new ConcurrentHashMap<>();

  SecretKeySpec get(Secret secret, CredentialScope scope) {
    Of of = new Of(secret, scope.date(), scope.region(), scope.service());
    SecretKeySpec known = derived.get(of);
    if (known != null) {
      return known;
    }
    if (derived.size() >= MOST) {
      derived.clear();
    }
    SecretKeySpec key = derive(of);
    derived.put(of, key);
    return key;
  }

  private static SecretKeySpec derive(Of of) {
    byte[] secret = ("AWS4" + of.secret().reveal()).getBytes(StandardCharsets.UTF_8);
    SecretKeySpec date = Hashes.key(Hashes.hmac(Hashes.key(secret), of.date()));
    SecretKeySpec region = Hashes.key(Hashes.hmac(date, of.region()));
    SecretKeySpec service = Hashes.key(Hashes.hmac(region, of.service()));
    return Hashes.key(Hashes.hmac(service, CredentialScope.END));
  }
}
