package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.upstream.ErrorText;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.Protocol;

/** Bearer keys, and errors whose code may say more than the status. */
final class OpenAiProtocol implements Protocol {

  @Override
  public String keyHeader() {
    return "Authorization";
  }

  @Override
  public String keyValue(String key) {
    return "Bearer " + key;
  }

  @Override
  public Failure failure(int status, JsonNode body) {
    String message = ErrorText.of(body);
    String code = body.path("error").path("code").asText();
    if (status == 500 && message.contains("input is not supported")) {
      // llama-server's word for an image that its model can't see.
      return new Failure(Kind.INVALID, status, message);
    }
    return switch (code) {
      // Waiting doesn't bring money.
      case "insufficient_quota" -> new Failure(Kind.EXHAUSTED, status, message);
      case "rate_limit_exceeded" -> new Failure(Kind.THROTTLED, status, message);
      default -> Failure.ofStatus(status, message);
    };
  }

  /** An error inside a stream, where there is no status: servers put one into the code, or none. */
  static Failure inStream(JsonNode chunk) {
    JsonNode error = chunk.path("error");
    int status = error.path("code").asInt(chunk.path("code").asInt(500));
    Failure failure =
        new OpenAiProtocol().failure(status >= 400 && status < 600 ? status : 500, chunk);
    return failure.getMessage().isEmpty()
        ? new Failure(failure.kind(), failure.status(), "an error in its stream")
        : failure;
  }
}
