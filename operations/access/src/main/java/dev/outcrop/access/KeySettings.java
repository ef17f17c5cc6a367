package dev.outcrop.access;

import dev.outcrop.config.Secret;
import dev.outcrop.config.Setting;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One key of the {@code keys:} part of the configuration: who has it may call. */
public record KeySettings(
    @Setting(doc = "The access key id that signs requests, AWS_ACCESS_KEY_ID of the client.")
        Optional<String> accessKeyId,
    @Setting(doc = "The secret access key that signs requests, AWS_SECRET_ACCESS_KEY.")
        Optional<Secret> secret,
    @Setting(doc = "API keys: bearer tokens, AWS_BEARER_TOKEN_BEDROCK, or x-api-key headers.")
        List<Secret> apiKeys,
    @Setting(doc = "Models it may use, by id, with * for any text; all without any.")
        List<String> models,
    @Setting(doc = "When it ends to be good, for example 2027-01-31T00:00:00Z; never without.")
        Optional<String> expires) {

  private static final int SHORTEST = 16;

  public KeySettings {
    if (accessKeyId.isPresent() != secret.isPresent()) {
      throw new IllegalArgumentException("access-key-id and secret go together");
    }
    if (accessKeyId.isEmpty() && apiKeys.isEmpty()) {
      throw new IllegalArgumentException("a key needs an access-key-id and secret, or api-keys");
    }
    for (Secret apiKey : apiKeys) {
      if (apiKey.reveal().length() < SHORTEST) {
        throw new IllegalArgumentException(
            "an API key needs at least " + SHORTEST + " characters, or it can be guessed");
      }
    }
    expires.ifPresent(KeySettings::instant);
  }

  Instant end() {
    return expires.map(KeySettings::instant).orElse(Instant.MAX);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expires must be an instant such as 2027-01-31T00:00:00Z, not " + text, e);
    }
  }
}
