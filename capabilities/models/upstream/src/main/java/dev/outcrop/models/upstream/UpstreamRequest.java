package dev.outcrop.models.upstream;

import java.util.HashMap;
import java.util.Map;

/**
 * A request of an upstream's API.
 *
 * @param method of HTTP
 * @param path added to the endpoint's address, for example {@code /chat/completions}; with {@code
 *     /../} at its beginning it replaces the address's last step
 * @param contentType of the body; null without one
 * @param body null for none
 * @param headers further ones
 * @param model whose rate limits count; an answer of 429 holds back this model's calls only
 */
public record UpstreamRequest(
    String method,
    String path,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    String model) {

  private static final String EVENT_STREAM = "text/event-stream";

  /** A POST of JSON. */
  public static UpstreamRequest json(String path, byte[] body, String model) {
    return new UpstreamRequest("POST", path, "application/json", body, Map.of(), model);
  }

  /** A POST of JSON that is answered by a stream of server-sent events. */
  public static UpstreamRequest stream(String path, byte[] body, String model) {
    return json(path, body, model).withHeaders(Map.of("Accept", EVENT_STREAM));
  }

  /** Whether the answer is asked for as a stream. */
  boolean streams() {
    return EVENT_STREAM.equals(headers.get("Accept"));
  }

  /** A GET. */
  public static UpstreamRequest get(String path) {
    return new UpstreamRequest("GET", path, null, null, Map.of(), "");
  }

  /** With further headers. */
  public UpstreamRequest withHeaders(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new UpstreamRequest(method, path, contentType, body, Map.copyOf(all), model);
  }
}
