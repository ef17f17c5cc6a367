package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/**
 * Writes answers as Anthropic's message.
 *
 * @param prefix of ids: {@code msg_bdrk_} for Bedrock's body, {@code msg_} for Anthropic's
 * @param model what to call the model
 * @param stops the stop sequences of the request
 */
record MessageHead(String prefix, String model, List<String> stops) {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int ID_LENGTH = 22;

  /** A message without content and end. */
  ObjectNode message() {
    ObjectNode message =
        Json.object()
            .put("model", model)
            .put("id", newId())
            .put("type", "message")
            .put("role", "assistant");
    message.putArray("content");
    return message.putNull("stop_reason").putNull("stop_sequence");
  }

  private String newId() {
    // Ids need to differ, not to be secret.
    StringBuilder id = new StringBuilder(prefix).append("01");
    ThreadLocalRandom.current()
        .ints(ID_LENGTH, 0, ALPHABET.length())
        .forEach(i -> id.append(ALPHABET.charAt(i)));
    return id.toString();
  }

  /** The whole answer. */
  ObjectNode of(ConverseResponse response) {
    ObjectNode message = message();
    message.set("content", BlockWriter.write(response.output().message().content()));
    end(message, response.stopReasonAsString(), response.additionalModelResponseFields());
    message.set("usage", Tier.said(response.serviceTier(), Usages.write(response.usage())));
    return message;
  }

  /** Says in a message or its last delta why it ended. */
  void end(ObjectNode target, String stopReason, Document fields) {
    String reason = StopReasons.anthropic(stopReason);
    JsonNode more = JsonDocuments.json(fields);
    target.put("stop_reason", reason);
    target.put("stop_sequence", reason.equals("stop_sequence") ? stopSequence(more) : null);
    if (more.hasNonNull("stop_details")) {
      target.set("stop_details", more.get("stop_details"));
    }
  }

  /** Which stop sequence it was: the one there is, or what the provider says. */
  String stopSequence(JsonNode more) {
    return stops.size() == 1 ? stops.getFirst() : more.path("stop_sequence").textValue();
  }
}
