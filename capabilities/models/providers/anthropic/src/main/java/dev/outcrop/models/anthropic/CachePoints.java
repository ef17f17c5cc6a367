package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;

/** {@code cache_control} of a block, which is a cache point after the block in Converse. */
final class CachePoints {

  static final String KEY = "cache_control";

  private static final Set<String> KEYS = Set.of("type", "ttl");
  private static final Set<String> TTLS = Set.of("5m", "1h");

  private CachePoints() {}

  /** The cache point of a block. */
  static Optional<CachePointBlock> read(Fields block) {
    return block.object(KEY).map(CachePoints::point);
  }

  private static CachePointBlock point(Fields control) {
    control.only(KEYS);
    String type = control.requiredText("type");
    if (!type.equals("ephemeral")) {
      throw control.invalid("type", type + " is not a valid enum value");
    }
    control
        .text("ttl")
        .filter(ttl -> !TTLS.contains(ttl))
        .ifPresent(
            ttl -> {
              throw control.invalid("ttl", ttl + " is not a valid enum value");
            });
    return CachePointBlock.builder()
        .type(CachePointType.DEFAULT)
        .ttl(control.text("ttl").orElse(null))
        .build();
  }

  /**
   * Marks the block before a cache point.
   *
   * @param block null when there is none
   * @param where the cache point is, for the message
   */
  static void write(CachePointBlock point, ObjectNode block, String where) {
    if (block == null) {
      throw RuntimeErrors.invalid(
          "A cachePoint must come after the content to cache; the one in "
              + where
              + " comes first.");
    }
    ObjectNode control = block.putObject(KEY).put("type", "ephemeral");
    if (point.ttlAsString() != null) {
      control.put("ttl", point.ttlAsString());
    }
  }
}
