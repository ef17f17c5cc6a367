package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.upstream.ErrorText;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.Protocol;

/** Keys and errors of Anthropic's API. */
final class AnthropicProtocol implements Protocol {

  @Override
  public String keyHeader() {
    return "x-api-key";
  }

  @Override
  public String keyValue(String key) {
    return key;
  }

  /** The type in the body says more than the status, and is all there is in a stream. */
  @Override
  public Failure failure(int status, JsonNode body) {
    String message = ErrorText.of(body);
    Kind kind =
        switch (body.path("error").path("type").asText()) {
          // An empty account is told as an invalid request.
          case "invalid_request_error" ->
              message.startsWith("Your credit balance is too low") ? Kind.EXHAUSTED : Kind.INVALID;
          case "request_too_large" -> Kind.INVALID;
          case "authentication_error" -> Kind.UNAUTHORIZED;
          case "billing_error" -> Kind.EXHAUSTED;
          case "permission_error" -> Kind.FORBIDDEN;
          case "not_found_error" -> Kind.NOT_FOUND;
          case "rate_limit_error" -> Kind.THROTTLED;
          case "timeout_error" -> Kind.TIMEOUT;
          case "overloaded_error" -> Kind.UNAVAILABLE;
          case "api_error" -> Kind.BROKEN;
          default -> Failure.ofStatus(status, message).kind();
        };
    return new Failure(kind, status, message);
  }
}
