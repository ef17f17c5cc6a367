package dev.outcrop.models.compatible;

import java.util.Map;

/** Parameters of the Responses API that chat completions call differently. */
final class ResponseNames {

  private static final Map<String, String> BY_CHAT =
      Map.of(
          "messages", "input",
          "max_completion_tokens", "max_output_tokens",
          "response_format", "text.format",
          "reasoning_effort", "reasoning.effort",
          "verbosity", "text.verbosity");

  private ResponseNames() {}

  /** An error of a chat completion as one of the response that it was made for. */
  static ApiError renamed(ApiError error) {
    if (error.param() == null) {
      return error;
    }
    String chat = error.param().split("[.\\[]", 2)[0];
    String name = BY_CHAT.get(chat);
    if (name == null) {
      return error;
    }
    // Where among the messages it was says nothing to a client that sent items.
    String message = error.message().replace(error.param(), name);
    return new ApiError(error.status(), error.type(), error.code(), name, message);
  }
}
