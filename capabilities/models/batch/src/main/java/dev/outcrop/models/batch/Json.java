package dev.outcrop.models.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** JSON that keeps every digit of its numbers and has no key twice. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Lines.LONGEST).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of the first key of one tree that another lacks; null when it has them all. */
  static String missing(JsonNode from, JsonNode in, String path) {
    if (from.isObject()) {
      for (var member : from.properties()) {
        String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
        if (member.getValue().isNull()) {
          continue;
        }
        if (!in.has(member.getKey())) {
          return at;
        }
        String deeper = missing(member.getValue(), in.get(member.getKey()), at);
        if (deeper != null) {
          return deeper;
        }
      }
    } else if (from.isArray()) {
      for (int i = 0; i < from.size(); i++) {
        String deeper = missing(from.get(i), in.path(i), path + "." + i);
        if (deeper != null) {
          return deeper;
        }
      }
    }
    return null;
  }
}
