package dev.outcrop.access;

import dev.outcrop.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys as a configuration has them. */
final class TestKeys {
  static final String ID = "AKIDEXAMPLE00000001";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final String TOKEN = "sk-team-b-0123456789abcdef";

  private TestKeys() {}

  static Map<String, KeySettings> both() {
    return Map.of("team-a", signing(ID, SECRET, Optional.empty()), "team-b", token(TOKEN));
  }

  static KeySettings signing(String id, String secret, Optional<String> expires) {
    return new KeySettings(
        Optional.of(id), Optional.of(new Secret(secret)), List.of(), List.of(), expires);
  }

  static KeySettings token(String token, String... models) {
    return new KeySettings(
        Optional.empty(),
        Optional.empty(),
        List.of(new Secret(token)),
        List.of(models),
        Optional.empty());
  }
}
