package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** The bodies of chat completions and completions. */
final class ChatRequest {

  private ChatRequest() {}

  static ObjectNode chat(ConverseStreamRequest request, ChatOptions options, boolean usage) {
    ObjectNode body = Json.object().put("model", options.model());
    body.set("messages", Conversation.of(request.system(), request.messages(), options));
    stream(body, usage);
    if (request.toolConfig() != null) {
      Tools.put(request.toolConfig(), body, options);
    }
    if (options.prefill() && endsWithAssistant(body)) {
      body.put("add_generation_prompt", false).put("continue_final_message", true);
    }
    Parameters.put(request, body, options, options.maxTokensField());
    return body;
  }

  private static boolean endsWithAssistant(ObjectNode body) {
    int last = body.get("messages").size() - 1;
    return body.get("messages").get(last).get("role").textValue().equals("assistant");
  }

  static ObjectNode completion(ConverseStreamRequest request, ChatOptions options, boolean usage) {
    ObjectNode body = Json.object().put("model", options.model()).put("prompt", prompt(request));
    stream(body, usage);
    Parameters.put(request, body, options, "max_tokens");
    return body;
  }

  private static void stream(ObjectNode body, boolean usage) {
    body.put("stream", true);
    if (usage) {
      body.putObject("stream_options").put("include_usage", true);
    }
  }

  /** The one text block of a request to complete. */
  static String prompt(ConverseStreamRequest request) {
    StringBuilder prompt = new StringBuilder();
    for (ContentBlock block : request.messages().getFirst().content()) {
      prompt.append(block.text());
    }
    return prompt.toString();
  }
}
