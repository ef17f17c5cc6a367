package dev.outcrop.wire.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A response ready to be sent: status, headers by name, and the whole body. */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final byte[] NOTHING = {};

  static Map<String, List<String>> headers(String contentType) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (contentType != null) {
      headers.put("Content-Type", List.of(contentType));
    }
    return headers;
  }

  /** This answer with these headers too. */
  public Answer with(Map<String, String> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    more.forEach((name, value) -> all.put(name, List.of(value)));
    return new Answer(status, all, body);
  }

  static Answer empty(int status, Map<String, List<String>> headers) {
    return new Answer(status, headers, NOTHING);
  }
}
