package dev.outcrop.models.upstream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The message in an error body, wherever servers put it: {@code error.message} (OpenAI, Anthropic,
 * llama-server), {@code error} (Ollama), {@code message} (vLLM, Mistral), {@code detail} (FastAPI).
 */
public final class ErrorText {

  private static final int LONGEST = 2_000;

  private ErrorText() {}

  /** The message; empty when there is none. */
  public static String of(JsonNode body) {
    JsonNode error = body.path("error");
    for (JsonNode candidate :
        new JsonNode[] {
          error.path("message"), error, body.path("message"), body.path("detail"), error
        }) {
      if (candidate.isTextual() && !candidate.textValue().isBlank()) {
        return tidy(candidate.textValue());
      }
    }
    JsonNode rest = body.path("detail").isMissingNode() ? error : body.path("detail");
    return rest.isContainerNode() && !rest.isEmpty() ? tidy(rest.toString()) : "";
  }

  /** One line of a bearable length, without what looks like a key. */
  static String tidy(String text) {
    String line =
        (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
            .replaceAll("\\p{Cntrl}+", " ")
            .strip();
    return line.replaceAll("\\b(sk|pk|gsk|key)-[\\w*.-]{6,}", "$1-***");
  }
}
