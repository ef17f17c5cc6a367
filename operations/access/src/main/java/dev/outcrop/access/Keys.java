package dev.outcrop.access;

import dev.outcrop.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** All keys, to be found by what requests show. */
final class Keys {
  private final Map<String, Key> byName = new HashMap<>();
  private final Map<String, Key> byAccessKeyId = new HashMap<>();

  /** By SHA-256, so that the time of a search tells nothing of a token. */
  private final Map<String, Key> byApiKey = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two keys share a credential
   */
  Keys(Map<String, KeySettings> settings) {
    settings.forEach(
        (name, each) -> {
          Key key = Key.of(name, each);
          byName.put(name, key);
          each.accessKeyId().ifPresent(id -> add(byAccessKeyId, id, key, "access-key-id"));
          for (Secret apiKey : each.apiKeys()) {
            add(byApiKey, digest(apiKey.reveal()), key, "API key");
          }
        });
  }

  private static void add(Map<String, Key> keys, String credential, Key key, String what) {
    Key before = keys.putIfAbsent(credential, key);
    if (before != null) {
      throw new IllegalArgumentException(
          "keys.%s and keys.%s have the same %s".formatted(before.name(), key.name(), what));
    }
  }

  boolean none() {
    return byName.isEmpty();
  }

  Key named(String name) {
    return byName.get(name);
  }

  Key ofAccessKeyId(String id) {
    return byAccessKeyId.get(id);
  }

  Key ofApiKey(String token) {
    return byApiKey.get(digest(token));
  }

  private static String digest(String token) {
    MessageDigest sha256 = Hashes.sha256();
    return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
  }
}
