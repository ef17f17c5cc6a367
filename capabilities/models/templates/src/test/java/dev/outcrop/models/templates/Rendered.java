package dev.outcrop.models.templates;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Renders as the recorded reference did: see {@code src/test/reference/render.py}. */
final class Rendered {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-04T15:06:07Z"), ZoneOffset.UTC);
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.USE_LONG_FOR_INTS, true);

  private Rendered() {}

  static <T> T read(String resource, TypeReference<T> type) throws IOException {
    try (InputStream in = Rendered.class.getResourceAsStream(resource)) {
      return JSON.readValue(in, type);
    }
  }

  /** The rendering, or null when there is an error. */
  static String render(String source, Map<String, Object> variables) {
    Map<String, Object> given = new HashMap<>();
    given.put("tools", null);
    given.put("documents", null);
    given.put("bos_token", "<s>");
    given.put("eos_token", "</s>");
    given.putAll(variables);
    try {
      return ChatTemplate.parse(source, CLOCK).render(given);
    } catch (TemplateException e) {
      return null;
    }
  }
}
