package dev.outcrop.models.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Answers that say what went wrong. */
final class ErrorAnswer {

  private static final int LARGEST = 65_536;
  private static final int LONGEST_TEXT = 500;

  private ErrorAnswer() {}

  /** What an answer with another status than 2xx means. */
  static Failure failure(Protocol protocol, String endpoint, UpstreamResponse response) {
    byte[] body = response.beginning(LARGEST);
    response.drain();
    JsonNode json = json(body);
    Failure failure = protocol.failure(response.status(), json);
    String message = failure.getMessage();
    if (message.isEmpty()) {
      message = "HTTP " + response.status() + more(endpoint, response, json, body);
    }
    return failure.withMessage(message).withWait(RetryAfter.nanos(response::header, Instant.now()));
  }

  private static JsonNode json(byte[] body) {
    try {
      return Upstream.parse(body, 0, -1);
    } catch (Failure e) {
      return MissingNode.getInstance();
    }
  }

  /** What a body that is neither JSON nor a web page says, or where a redirect may come from. */
  private static String more(
      String endpoint, UpstreamResponse response, JsonNode json, byte[] body) {
    if (response.status() / 100 == 3) {
      return ", a redirect; check the url of the endpoint '" + endpoint + "'";
    }
    if (!response.mediaType().equals("text/plain") || !json.isMissingNode()) {
      return "";
    }
    String text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8);
    return text.isBlank() ? "" : ", " + ErrorText.tidy(text);
  }
}
