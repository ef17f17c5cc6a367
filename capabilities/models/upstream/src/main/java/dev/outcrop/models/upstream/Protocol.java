package dev.outcrop.models.upstream;

import com.fasterxml.jackson.databind.JsonNode;

/** What differs between the services that {@link Upstream} calls. */
public interface Protocol {

  /** The header that carries the key, for example {@code Authorization}. */
  String keyHeader();

  /** What the header says for a key, for example {@code Bearer …}. */
  String keyValue(String key);

  /**
   * What an error answer means.
   *
   * @param status of HTTP
   * @param body missing when it is no JSON
   */
  default Failure failure(int status, JsonNode body) {
    return Failure.ofStatus(status, ErrorText.of(body));
  }
}
