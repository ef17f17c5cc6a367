package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.api.Encoding;
import dev.outcrop.models.RuntimeErrors;

/**
 * Counts for OpenAI's own models by OpenAI's published rule for text: three tokens frame each
 * message, and three begin the answer (OpenAI Cookbook, "How to count tokens with tiktoken"). How
 * tools and images are framed isn't published, so conversations with those are refused.
 */
record LocalTokenizer(Encoding encoding) implements TokenCounter {

  private static final int FRAME = 3;

  @Override
  public int chat(ObjectNode body) {
    int tokens = FRAME;
    for (JsonNode message : body.get("messages")) {
      if (!message.path("content").isTextual() || message.has("tool_calls") || body.has("tools")) {
        throw RuntimeErrors.invalid(
            "The provided model doesn't support counting tokens of tools, images, audio or files.");
      }
      tokens +=
          FRAME + text(message.get("role").textValue()) + text(message.get("content").textValue());
    }
    return tokens;
  }

  @Override
  public int text(String text) {
    return encoding.countTokensOrdinary(text);
  }

  @Override
  public boolean local() {
    return true;
  }
}
