package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamRequest;

/**
 * Asks the server, which has the tokenizer and the chat template: vLLM's {@code /tokenize} takes a
 * conversation, llama-server's takes text that its {@code /apply-template} made of one. Both are
 * beside {@code /v1}, not below it.
 */
record ServerTokenizer(Upstream upstream, String model, String kind) implements TokenCounter {

  @Override
  public int chat(ObjectNode body) {
    ObjectNode asked = Json.object().put("model", model);
    for (String field : new String[] {"messages", "tools", "tool_choice", "chat_template_kwargs"}) {
      if (body.has(field)) {
        asked.set(field, body.get(field));
      }
    }
    if (kind.equals(Tokenizers.VLLM)) {
      return count(asked.put("add_generation_prompt", true));
    }
    JsonNode prompt = ask("/../apply-template", asked).path("prompt");
    if (!prompt.isTextual()) {
      throw odd();
    }
    return text(prompt.textValue());
  }

  @Override
  public int text(String text) {
    return count(
        kind.equals(Tokenizers.VLLM)
            ? Json.object().put("model", model).put("prompt", text)
            : Json.object()
                .put("content", text)
                .put("add_special", true)
                .put("parse_special", true));
  }

  private int count(ObjectNode asked) {
    JsonNode answer = ask("/../tokenize", asked);
    if (answer.path("count").isInt()) {
      return answer.get("count").intValue();
    } else if (answer.path("tokens").isArray()) {
      return answer.get("tokens").size();
    }
    throw odd();
  }

  private JsonNode ask(String path, ObjectNode body) {
    return upstream.json(UpstreamRequest.json(path, Json.bytes(body), model));
  }

  private RuntimeException odd() {
    return upstream.exception(new Failure(Kind.BROKEN, 0, "its count of tokens can't be read"));
  }

  @Override
  public boolean local() {
    return false;
  }
}
