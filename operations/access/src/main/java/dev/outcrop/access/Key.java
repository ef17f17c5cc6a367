package dev.outcrop.access;

import dev.outcrop.config.Secret;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A key that may call.
 *
 * @param name as configured; what ledgers, budgets and logs know it by
 * @param secret for signatures; null for a key of API keys alone
 * @param models patterns of the ids it may use; empty for all
 */
record Key(String name, Secret secret, List<Pattern> models, Instant end) {

  static Key of(String name, KeySettings settings) {
    return new Key(
        name,
        settings.secret().orElse(null),
        settings.models().stream().map(Key::pattern).toList(),
        settings.end());
  }

  boolean mayUse(String modelId) {
    return models.isEmpty() || models.stream().anyMatch(each -> each.matcher(modelId).matches());
  }

  private static Pattern pattern(String glob) {
    StringBuilder pattern = new StringBuilder();
    for (String part : glob.split("\\*", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString());
  }
}
