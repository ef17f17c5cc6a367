package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.util.UUID;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** Command R's answers. */
final class CommandAnswer {

  private final Body body;
  private final String response = UUID.randomUUID().toString();
  final String generation = UUID.randomUUID().toString();

  CommandAnswer(Body body) {
    this.body = body;
  }

  ObjectNode whole(ConverseResponse response) {
    ArrayNode calls = Body.JSON.createArrayNode();
    for (ContentBlock block : Answers.blocks(response)) {
      if (block.toolUse() != null) {
        calls.add(call(block.toolUse().name(), JsonDocuments.json(block.toolUse().input())));
      }
    }
    return whole(Answers.text(response), calls, response.stopReasonAsString());
  }

  /** The whole answer at a stream's end, which alone has counts. */
  ObjectNode end(String text, ArrayNode calls, String stopReason, TokenUsage usage) {
    ObjectNode answer = whole(text, calls, stopReason);
    ObjectNode meta = answer.putObject("meta");
    meta.putObject("api_version").put("version", "1");
    meta.putObject("billed_units")
        .put("input_tokens", Answers.input(usage))
        .put("output_tokens", usage.outputTokens());
    return answer;
  }

  static ObjectNode call(String name, com.fasterxml.jackson.databind.JsonNode parameters) {
    ObjectNode call = Body.JSON.createObjectNode().put("name", name);
    call.set("parameters", parameters);
    return call;
  }

  private ObjectNode whole(String text, ArrayNode calls, String stopReason) {
    ObjectNode answer =
        Body.JSON
            .createObjectNode()
            .put("response_id", response)
            .put("text", text)
            .put("generation_id", generation);
    ArrayNode history = answer.putArray("chat_history");
    body.json("chat_history").ifPresent(turns -> turns.forEach(history::add));
    String message = body.requiredText("message");
    if (!message.isEmpty()) {
      history.addObject().put("role", "USER").put("message", message);
    }
    ObjectNode own = history.addObject().put("role", "CHATBOT").put("message", text);
    if (!calls.isEmpty()) {
      own.set("tool_calls", calls.deepCopy());
      answer.set("tool_calls", calls);
    }
    return answer.put("finish_reason", CohereCommand.reason(stopReason));
  }
}
